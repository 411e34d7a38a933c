### For coordinators and owners.

members =
    { $count ->
        [0] <b>لا أعضاء هنا بعد.</b>
        [one] <b>عضو واحد</b>
        [two] <b>عضوان</b>
        [few] <b>{ $count } أعضاء</b>
        [many] <b>{ $count } عضوًا</b>
       *[other] <b>{ $count } عضو</b>
    }
members-found =
    { $count ->
        [0] <b>لا أحد بهذا الاسم.</b>
        [one] <b>عضو واحد بهذا الاسم.</b>
        [two] <b>عضوان بهذا الاسم.</b> أيّهما؟
        [few] <b>{ $count } أعضاء بهذا الاسم.</b> أيّهم؟
        [many] <b>{ $count } عضوًا بهذا الاسم.</b> أيّهم؟
       *[other] <b>{ $count } عضو بهذا الاسم.</b> أيّهم؟
    }
# $name, $role: of a member. Also on a button: plain text.
member-line =
    { $role ->
        [owner] { "\u200F" }{ $name } (إدارة الشبكة)
        [coordinator] { "\u200F" }{ $name } (التنسيق)
       *[member] { "\u200F" }{ $name }
    }
member-line-alike = { "\u200F" }⚠️ { $member } – اسم يشبه اسمًا في فريق التنسيق

# $member: see member-line
member-line-suspended = { "\u200F" }{ $member } (عضوية معلّقة)
# Also on a button: plain text, and what can be typed after /members.
members-of-state =
    { $state ->
        [active] نشطة
        [paused] في استراحة
        [suspended] معلّقة
       *[all] الجميع
    }
button-members-of-state =
    { $state ->
        [active] العضويات النشطة فقط
        [paused] من هم في استراحة فقط
        [suspended] العضويات المعلّقة فقط
       *[all] الجميع
    }
# $state: see members-of-state
members-state = المعروض: { $state }
members-host = من المنظمة المضيفة { $host }
button-members-of-host = من منظمة واحدة …
members-of-which-host = <b>أعضاء أي منظمة مضيفة؟</b>
button-search-members = 🔎 بحث بالاسم
ask-member-search = <b>ما الاسم؟</b> يكفي جزء منه.
members-more = هذه هي النتائج الأولى. يُرجى كتابة جزء أطول من الاسم.
# $role, $host, $state: of the member; $when: since when they are one
member-entry =
    { "\u200F" }<b>{ $name }</b>

    <b>الدور:</b> { $role }
    <b>المنظمة المضيفة:</b> { $host }
    <b>الحالة:</b> { $state }
    <b>هنا منذ:</b> { $when }

roles = <b>الأدوار.</b> دور مَن المطلوب عرضه أو تغييره؟
role-of =
    { $role ->
        [owner] دور <b>{ $name }</b> الآن: إدارة الشبكة.
        [coordinator] دور <b>{ $name }</b> الآن: التنسيق.
       *[member] دور <b>{ $name }</b> الآن: العضوية فقط.
    }
button-make-member = الاكتفاء بالعضوية
button-make-coordinator = إسناد دور التنسيق
button-make-owner = إسناد دور الإدارة
ask-role =
    { $role ->
        [owner] <b>إسناد دور الإدارة إلى { $name }؟</b> من في الإدارة يرى الجميع ويستطيع كل شيء، حتى تغيير دورك.
        [coordinator] <b>إسناد دور التنسيق إلى { $name }؟</b> لفريق التنسيق دعوة أشخاص، والبتّ في طلبات الانضمام إلى منظمته المضيفة، ورؤية أعضائها، وفتح المواضيع.
       *[member] <b>حصر دور { $name } في العضوية، من دون دور آخر؟</b>
    }
button-role-yes = نعم، تأكيد: { $name }
role-set =
    { $role ->
        [owner] <b>أُسند دور الإدارة إلى { $name }.</b>
        [coordinator] <b>أُسند دور التنسيق إلى { $name }.</b>
       *[member] <b>حُصر دور { $name } في العضوية.</b>
    } يُرسل إشعار بذلك.
# $role: the reader's own, from now on
your-role =
    { $role ->
        [owner] <b>أنت الآن من إدارة هذه الشبكة.</b> تُظهر القائمة ما يمكنك فعله.
        [coordinator] <b>أنت الآن من فريق التنسيق.</b> يمكنك دعوة أشخاص، والبتّ في طلبات الانضمام إلى منظمتك المضيفة، وفتح المواضيع؛ وتُظهر القائمة كيف.
       *[member] <b>عضويتك الآن من دون دور آخر.</b>
    }
role-not-set = لم يتغيّر شيء. إما أن الدور مُسنَد من قبل، أو أن الشبكة كانت ستبقى بلا إدارة.
no-member = لا يوجد عضو كهذا.

hosts =
    { $count ->
        [0] <b>لا منظمات مضيفة بعد.</b>
        [one] <b>منظمة مضيفة واحدة</b>
        [two] <b>منظمتان مضيفتان</b>
        [few] <b>{ $count } منظمات مضيفة</b>
        [many] <b>{ $count } منظمة مضيفة</b>
       *[other] <b>{ $count } منظمة مضيفة</b>
    }
host-line = { $name }
button-add-host = إضافة منظمة مضيفة
ask-host-name = <b>ما اسم المنظمة المضيفة الجديدة؟</b>
host-added = أُضيفت { $name }.
host-exists = توجد منظمة مضيفة باسم { $name } من قبل.
ask-role-no-host = للعلم: لا منظمة مضيفة لهذا الشخص، فلن يرى أي طلب انضمام.

audit = <b>ما جرى.</b> الأحدث أولًا؛ ولا يُذكر هنا ما يكتبه الأعضاء. والاطلاع على هذه الصفحة يُسجَّل أيضًا.
# $number: of the entry; $when: date and time; $actor: who; $what: see audit-action
audit-line = { "\u200F" }<b>{ $number }</b> · { $when } · { $actor }: { $what }
# $subject: the person whom it is about
audit-line-about = { "\u200F" }<b>{ $number }</b> · { $when } · { $actor }: { $what } · { $subject }
audit-operator = المشغّل
audit-left = شخص غادر الشبكة
audit-left-or-outside = شخص من منظمة أخرى، أو غادر الشبكة
audit-holds = <b>السجل سليم.</b> لم يُغيَّر أي قيد ولم يُحذف ولم يُدسّ فيه شيء.
# $number: of an entry
audit-begun = القيود حتى الرقم { $number } كانت موجودة قبل بدء هذا التحقق، ولا يظهر ما جرى لها من قبل.
audit-broken =
    <b>السجل غير سليم ابتداءً من القيد { $number }.</b> غُيّرت قيود أو حُذفت أو دُسّت، أو أُعيدت نسخة أقدم من البيانات.

    يُرجى إبلاغ من يشغّل هذا البوت فورًا عبر قناة أخرى: الأمر halqa doctor يبيّن ما يجب فعله.
button-verify-audit = التحقق من سلامة السجل
ask-lock =
    <b>إقفال الشبكة؟</b>

    أنسى كل المفاتيح في الحال، ولا يمكن لأحد القراءة أو الكتابة هنا حتى يفتحها القائمون على تشغيلها يدويًا. يحتفظ تيليغرام بما يُكتب في هذه الأثناء مدة 24 ساعة.
button-lock-yes = نعم، إقفالها الآن
locking = <b>يجري إقفال الشبكة.</b> أجيب من جديد بعد أن يفتحها القائمون على تشغيلها.
not-lockable = لا يمكن إقفالي: مفتاحي محفوظ بحيث أبدأ وحدي، وسأُفتح من جديد في الحال. وإيقافي بيد القائمين على التشغيل.

# Members who blocked the bot or left Telegram. $name: of the member
unreachable =
    <b>تعذّر الوصول إلى { $name } منذ ثلاثين يومًا.</b>

    السبب حظر البوت أو مغادرة تيليغرام. ومع أول رسالة جديدة يعود كل شيء كما كان. هل لديك أخبار؟
button-remove-unreachable = إزالة { $name } …
ask-remove =
    <b>إزالة { $name }؟</b>

    يُمحى كل ما هو محفوظ هنا، والمنشورات أيضًا، من دون إبلاغ. لا رجعة في ذلك.
button-remove-yes = نعم، إزالة { $name }
removed = تمت إزالة { $name }، ومُحيت المنشورات.
not-unreachable = لم يعد هناك ما يستدعي قرارًا.

# What is on its way to people
outbox = <b>الرسائل إلى الأعضاء</b> في آخر ثلاثين يومًا
# $state, $number
outbox-line =
    { $state ->
        [pending] في انتظار موعدها: { $number }
        [sending] في الطريق: { $number }
        [sent] أُرسلت: { $number }
        [failed] رفضها تيليغرام: { $number }
        [cancelled] لم تعد لازمة: { $number }
       *[uncertain] غير مؤكدة: { $number }
    }
outbox-empty = لا توجد رسائل.
outbox-doubtful = الرسالة غير المؤكدة ربما وصلت وربما لم تصل، لأن رد تيليغرام ضاع. لا أرسلها مرتين إلا بقرار منك. أي رسالة هي المقصودة؟
# On a button: plain text. $kind: see outbox-kind; $when: date and time; $name: of the reader
outbox-item = { "\u200F" }{ $when } · { $kind } · { $name }
outbox-message =
    <b>{ $kind }</b>
    إلى: { $name }
    وقت المحاولة: { $when }

    ربما وصلت وربما لم تصل. ومضمونها لا يظهر هنا.
button-send-again = إرسالها من جديد
button-drop-message = تركها كما هي
outbox-sent-again = أُرسلت من جديد.
outbox-dropped = لن تُرسل من جديد.
outbox-decided = سبق أن اتُّخذ قرار بشأن هذه الرسالة.

## An owner code that the operator made, and who has a new role

# $when: date and time
owner-code =
    <b>أُنشئ على الجهاز رمز يمنح دور الإدارة.</b>

    مَن يحمله يستطيع تولّي الإدارة، لكن ليس قبل { $when }. وحتى ذلك الحين يمكن لكل من في الإدارة إلغاؤه.

    إن لم يكن سبب إنشائه معروفًا لديك، فالأفضل إلغاؤه، وسؤال القائمين على التشغيل بطريقة أخرى غير هذه المحادثة.
button-revoke-owner-code = ✋ إلغاء الرمز
owner-code-revoked = <b>أُلغي الرمز.</b> لا يمكن لأحد تولّي الإدارة به.
owner-code-over = لم يعد لهذا الرمز وجود.
role-news-reads = ما يُختم من الآن قد يُختم لهذا الشخص أيضًا. وإن كان هذا غير متوقع، يُرجى سؤال إدارة الشبكة بطريقة أخرى غير هذه المحادثة.
locked-too-often = أُقفلت الشبكة من حسابك مرتين خلال يوم واحد. يُرجى طلب ذلك من شخص آخر في فريق التنسيق، أو من القائمين على التشغيل.

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.
button-roles = الأدوار
button-members = الأعضاء
button-audit = السجل
button-outbox = الرسائل إلى الأعضاء
button-lock = 🔒 إقفال الشبكة
button-hosts = المنظمات المضيفة

## Commands, as Telegram lists them: at most 256 characters, no markup.
command-members = الأعضاء الذين في عهدتك
command-audit = ما جرى، ومن قام به، ومتى
command-outbox = الرسائل التي في الطريق، وغير المؤكدة منها
command-lock = إقفال الشبكة حتى يفتحها القائمون على تشغيلها
command-roles = من يتولّى التنسيق، ومن يتولّى الإدارة
command-hosts = المنظمات المضيفة في الشبكة

## Kinds of delivery, in /outbox and in the file of /mydata: plain text, as few words as it takes.

delivery-owner-code = إشعار برمز إدارة
delivery-role-news = إشعار بدور شخص آخر
delivery-role = إشعار بدور
delivery-unreachable = سؤال عن عضوية

## What stands in the audit, and in the file of /mydata: plain text, as few words as it takes.

action-audit-read = الاطلاع على السجل
action-host-added = إضافة منظمة مضيفة
action-locked = قُفل البوت
action-made-coordinator = إسناد دور التنسيق
action-made-member = الاكتفاء بالعضوية
action-made-owner = إسناد دور الإدارة
action-message-dropped = ترك رسالة غير مؤكدة كما هي
action-outbox-read = الاطلاع على رسائل غير مؤكدة
action-owner-code-made = إنشاء رمز إدارة
action-owner-code-revoked = إلغاء رمز إدارة
action-removed = إزالة عضوية تعذّر الوصول إليها
action-sent-again = إرسال رسالة غير مؤكدة من جديد
