### Stopping members and hiding posts, for coordinators and owners.

# $name: of the member
ask-suspend =
    <b>تعليق عضوية { $name }؟</b>

    ابتداءً من هذه اللحظة لا قراءة ولا إرسال ولا استلام، إلى حين إعادة العضوية. وتغادر المحادثةَ كلُّ شاشة مفتوحة. لا يُمحى شيء. وتُبلَّغ إدارة الشبكة.
button-suspend-yes = نعم، تعليق عضوية { $name }
suspended-now = { "\u200F" }<b>{ $name }: العضوية معلّقة.</b> أُبلغت إدارة الشبكة. والأمر { "\u2068" }/restore{ "\u2069" } يعيدها.
suspend-whom = عضوية مَن؟ يُكتب الاسم بعد الأمر: <i>{ "\u2068" }/suspend سلمى{ "\u2069" }</i>. أو يمكن الاختيار من قائمة الأعضاء.
restore-whom = عضوية مَن؟ يُكتب الاسم بعد الأمر: <i>{ "\u2068" }/restore سلمى{ "\u2069" }</i>. أو يمكن الاختيار من قائمة الأعضاء.
ask-restore = <b>إعادة عضوية { $name }؟</b> تعود القراءة والكتابة كما كانتا، ويُرسل إشعار بذلك.
button-restore-yes = نعم، إعادة عضوية { $name }
restored-now = { "\u200F" }<b>{ $name }: أُعيدت العضوية،</b> وأُرسل إشعار بذلك. وأُبلغت إدارة الشبكة أيضًا.
restored-by-owners = هذا التعليق من قرار إدارة الشبكة، فلا يُلغيه غيرها.
nobody-to-stop = لا يوجد بهذا الاسم من يمكنك القيام بذلك بشأنه.
which-member = <b>هذا الاسم، أو ما يشبهه، لأكثر من شخص.</b> مَن المقصود؟
# On a button: plain text. $when: since when they are a member
member-choice = { "\u200F" }{ $name } · العضوية منذ { $when }
# $when: date and time; $name: of the coordinator
suspended-since = <b>العضوية معلّقة</b> منذ { $when }، بقرار من { $name }.

removals =
    { $count ->
        [0] <b>لا إزالة تنتظر شخصًا ثانيًا.</b>
        [one] <b>إزالة واحدة تنتظر شخصًا ثانيًا.</b>
        [two] <b>إزالتان تنتظران شخصًا ثانيًا.</b>
        [few] <b>{ $count } إزالات تنتظر شخصًا ثانيًا.</b>
        [many] <b>{ $count } إزالة تنتظر شخصًا ثانيًا.</b>
       *[other] <b>{ $count } إزالة تنتظر شخصًا ثانيًا.</b>
    }
remove-whom = لطلب إزالة يُكتب الاسم بعد الأمر: <i>{ "\u2068" }/remove سلمى{ "\u2069" }</i>. أو يمكن الاختيار من قائمة الأعضاء.
ask-removal-reason = <b>ما سبب إزالة { $name }؟</b>
# Also on a button: plain text.
removal-reason =
    { $reason ->
        [left] انتهت الصلة بالمنظمة المضيفة
        [impostor] انتحال هوية
        [conduct] إيذاء الآخرين هنا
       *[danger] الحساب في يد أخرى، أو خطر
    }
# $reason: see removal-reason
ask-removal =
    <b>طلب إزالة { $name }؟</b>
    السبب: { $reason }

    يلزم أن يؤكدها خلال سبعة أيام شخص آخر من فريق تنسيق المنظمة المضيفة أو من إدارة الشبكة. عندئذ يُمحى كل شيء كما يفعل الأمر { "\u2068" }/forget{ "\u2069" }، ويُرسل إشعار بذلك. وللإيقاف الفوري يمكن تعليق العضوية أولًا.
button-ask-removal-yes = نعم، طلب إزالة { $name }
removal-asked = { "\u200F" }<b>طُلبت إزالة { $name }.</b> أُبلغ من يمكنه تأكيدها. وإلى ذلك الحين لا يتغيّر شيء.
removal-nobody-confirms = لا أحد غيرك يمكنه تأكيد إزالة { $name }. ولإدارة الشبكة إسناد دور التنسيق في هذه المنظمة إلى شخص آخر بالأمر { "\u2068" }/roles{ "\u2069" }. ويمكنك تعليق العضوية فورًا.
# $asker: who asked; $when, $until: dates and times
removal =
    <b>إزالة { $name }</b>
    الطلب من: { $asker }، { $when }
    السبب: { $reason }
    ينتهي من تلقاء نفسه: { $until }
removal-needs-another = هذا الطلب منك، فلا بد أن يؤكده شخص آخر.
button-confirm-removal = تأكيد: إزالة { $name } …
button-withdraw-removal = صرف النظر عن الطلب
ask-confirm-removal =
    <b>إزالة { $name }؟</b>

    يُمحى فورًا كل ما هو محفوظ هنا، والمنشورات أيضًا. ويُرسل إشعار بذلك مع إيصال، بلا أسماء ولا أسباب. لا رجعة في ذلك.
removal-confirmed = { "\u200F" }<b>تمت إزالة { $name }.</b> مُحي كل شيء، وأُرسل إشعار بذلك.
removal-withdrawn = لم تعد إزالة { $name } مطلوبة.
no-removal = لا يوجد طلب كهذا، أو أنه انتهى.
removal-is-asked = <b>الإزالة مطلوبة،</b> وتنتظر شخصًا ثانيًا.

hide-in-which-topic = <b>في أي موضوع المنشور المطلوب حجبه؟</b>
hide-which-post = { "\u200F" }<b>{ $title }</b>: أي منشور؟ تظهر هنا منشورات من هم في عهدتك، الأحدث أولًا.
nothing-to-hide = لا يوجد في { $title } منشور لأحد في عهدتك.
# On a button: plain text. $words: the beginning of the post; $hidden: yes or no
hide-line =
    { "\u200F" }{ $name } · { $when } · { $words }{ $hidden ->
        [yes] {" "}(محجوب)
       *[no] {""}
    }
ask-hide =
    <b>حجب هذا المنشور من { $name } في { $title }؟</b>

    يختفي من المواضيع والملخّصات والشاشات المفتوحة. ويُرسل إشعار إلى من كتبه. ويمكنك إظهاره من جديد.
button-hide-yes = نعم، حجب المنشور: { $name }
button-show-again = إظهاره من جديد
post-is-hidden = <b>هذا المنشور في { $title } محجوب.</b> لا يبقى إلا عند من كتبه.
hidden-now = المنشور محجوب الآن. وأُرسل إشعار إلى من كتبه.
shown-again-now = المنشور ظاهر من جديد. وأُرسل إشعار إلى من كتبه.
your-post-hidden =
    <b>حجب فريق التنسيق هذا المنشور لك في { $title }.</b>

    لم يعد يظهر للآخرين. إن لم يكن السبب معروفًا لديك فيُرجى التحدّث إلى شخص من فريق التنسيق.
your-post-shown = <b>هذا المنشور لك في { $title } ظاهر من جديد.</b>

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.
button-suspend = تعليق عضوية
button-restore = إعادة عضوية
button-remove = إزالة أعضاء
button-hide = حجب منشور
button-suspend-member = تعليق العضوية …
button-restore-member = إعادة العضوية …
button-remove-member = طلب الإزالة …
button-open-removal = طلب الإزالة: الاطلاع عليه
button-open-member = فتح البيانات
button-hide-post = حجب منشور …

## Commands, as Telegram lists them: at most 256 characters, no markup.
command-suspend = إيقاف عضو في الحال
command-restore = إلغاء تعليق العضوية
command-remove = إزالة عضو، بموافقة شخصين
command-hide = حجب منشور

## Kinds of delivery, in /outbox and in the file of /mydata: plain text, as few words as it takes.

delivery-suspension = إشعار بتعليق عضوية
delivery-restored = إشعار بإعادة العضوية
delivery-removal = سؤال عن إزالة
delivery-removal-done = إشعار بإزالة
delivery-post-hidden = إشعار بحجب منشور

## What stands in the audit, and in the file of /mydata: plain text, as few words as it takes.

action-post-hidden = حجب منشور
action-post-shown-again = إظهار منشور محجوب
action-removal-asked = طلب إزالة
action-removal-confirmed = تأكيد إزالة، ومحو كل ما يخصّها
action-removal-withdrawn = صرف النظر عن إزالة
action-restored = إلغاء تعليق العضوية
action-suspended = تعليق العضوية

## In the file of /mydata: plain text.
export-moderation = التعليق والإزالة
export-suspended = العضوية معلّقة منذ { $when }
# $mine: whether the person asked for somebody else’s
export-removal =
    { $mine ->
        [yes] طلبك إزالة شخص: { $when } ({ $reason })
       *[no] طُلبت إزالتك: { $when } ({ $reason })
    }
