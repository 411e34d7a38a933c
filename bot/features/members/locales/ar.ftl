### A member’s own affairs.

## In the settings of a member

urgent-in-quiet =
    { $allowed ->
        [yes] <b>الإعلانات العاجلة:</b> يمكن أن تصلك في ساعات هدوئك
       *[no] <b>الإعلانات العاجلة:</b> تنتظر انتهاء ساعات هدوئك
    }
button-allow-urgent = السماح بالعاجل في ساعات هدوئي
button-forbid-urgent = إبقاء العاجل في الانتظار أيضًا

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.
button-settings = ⚙️ الإعدادات
button-pause = استراحة
button-clear = تفريغ هذه المحادثة الآن
button-mydata = ما هو محفوظ عني
button-forget = المغادرة ومحو كل شيء

## Commands, as Telegram lists them: at most 256 characters, no markup.
command-settings = الاسم واللغة والمدينة وساعات الهدوء
command-pause = عدم تلقّي أي شيء لفترة
command-clear = إزالة ما كُتب وما فُتح في هذه المحادثة
command-mydata = كل ما هو محفوظ عنك، في ملف
command-forget = المغادرة، ومحو كل شيء

# $name, $host, $city, $time: the member’s own
settings =
    <b>إعداداتك</b>

    <b>الاسم:</b> { $name }
    <b>المنظمة المضيفة:</b> { $host }
    <b>بتوقيت:</b> { $city } (الآن { $time })
quiet-none = <b>ساعات الهدوء:</b> لا توجد
# $start and $end: times of day
quiet-span = <b>ساعات الهدوء:</b> من { $start } إلى { $end }. لا يصل شيء خلالها.
button-change-quiet = تغيير ساعات الهدوء
ask-quiet = <b>متى ينبغي ألّا يصل شيء؟</b> بالاختيار من الأزرار، أو بكتابة شيء مثل <i>{ "\u2068" }22-7{ "\u2069" }</i>.
button-quiet-span = من { $start } إلى { $end }
button-quiet-none = من دون ساعات هدوء
quiet-not-understood = لم أفهم ذلك. يُرجى كتابته على شكل { "\u2068" }22-7{ "\u2069" }، أو كتابة «إيقاف».

ask-pause =
    <b>أخذ استراحة؟</b>

    لا يُرسل إليك شيء حتى إنهائها. وتبقى القراءة والكتابة ممكنتين. وما يفوتك ينتظرك.
button-pause-yes = نعم، استراحة
paused = أنت في استراحة. لا يُرسل إليك شيء.

my-data = هذا كل ما هو محفوظ عنك. الصور مذكورة فيه، لا معروضة. تحتاج النسخة المحفوظة إلى حرصك كما تحتاج إليه المحادثة نفسها؛ فهي غير محميّة.

# $name: of the member; $posts: a number
ask-forget =
    <b>المغادرة، ومحو كل ما يخصّك؟</b> اسمك هنا: { $name }

    { $posts ->
        [0] يُمحى فورًا اسمك وإجاباتك وإعداداتك.
        [one] يُمحى فورًا اسمك وإجاباتك وإعداداتك ومنشورك الوحيد.
        [two] يُمحى فورًا اسمك وإجاباتك وإعداداتك ومنشوراك الاثنان.
        [few] يُمحى فورًا اسمك وإجاباتك وإعداداتك ومنشوراتك كلها، وهي { $posts } منشورات.
        [many] يُمحى فورًا اسمك وإجاباتك وإعداداتك ومنشوراتك كلها، وهي { $posts } منشورًا.
       *[other] يُمحى فورًا اسمك وإجاباتك وإعداداتك ومنشوراتك كلها، وهي { $posts } منشور.
    } <b>لا رجعة في ذلك.</b> وللعودة تلزم دعوة جديدة.
button-forget-yes = نعم، محو كل شيء
button-forget-no = لا، البقاء
only-owner = لا أحد غيرك في إدارة الشبكة، ومن دونك تبقى بلا إدارة. يُرجى أولًا إسناد دور الإدارة إلى شخص آخر بالأمر { "\u2068" }/roles{ "\u2069" }.
# $count: of messages
cleared =
    { $count ->
        [0] <b>لم يبقَ شيء أزيله.</b> أما الإشعارات التي لا تسمّي شيئًا فتبقى.
        [one] <b>تغادر رسالة واحدة هذه المحادثة الآن،</b> من عندك ومن عندي. أما الإشعارات التي لا تسمّي شيئًا فتبقى.
        [two] <b>تغادر رسالتان هذه المحادثة الآن،</b> من عندك ومن عندي. أما الإشعارات التي لا تسمّي شيئًا فتبقى.
        [few] <b>تغادر { $count } رسائل هذه المحادثة الآن،</b> من عندك ومن عندي. أما الإشعارات التي لا تسمّي شيئًا فتبقى.
        [many] <b>تغادر { $count } رسالة هذه المحادثة الآن،</b> من عندك ومن عندي. أما الإشعارات التي لا تسمّي شيئًا فتبقى.
       *[other] <b>تغادر { $count } رسالة هذه المحادثة الآن،</b> من عندك ومن عندي. أما الإشعارات التي لا تسمّي شيئًا فتبقى.
    }
# $left: of messages
clear-left =
    { $left ->
        [one] مضى على رسالة واحدة منك أكثر من 48 ساعة: لا يسمح لي تيليغرام بإزالتها.
        [two] مضى على رسالتين منك أكثر من 48 ساعة: لا يسمح لي تيليغرام بإزالتهما.
        [few] مضى على { $left } رسائل منك أكثر من 48 ساعة: لا يسمح لي تيليغرام بإزالتها.
        [many] مضى على { $left } رسالة منك أكثر من 48 ساعة: لا يسمح لي تيليغرام بإزالتها.
       *[other] مضى على { $left } رسالة منك أكثر من 48 ساعة: لا يسمح لي تيليغرام بإزالتها.
    }
clear-yourself = إن بقي هنا شيء آخر، يُرجى حذفه من عندك: من قائمة هذه المحادثة في تيليغرام، «مسح السجل»، لدى الطرفين.
goodbye =
    مُحي كل ما يخصّك: كلماتك، وكل ما عداها، ومفتاحك.

    أُفرغ هذه المحادثة بقدر ما يسمح به تيليغرام: ما مضى عليه أكثر من 48 ساعة يبقى. يُرجى حذف المحادثة في تيليغرام أيضًا، وكذلك ملف { "\u2068" }/mydata{ "\u2069" } إن حُفظت نسخة منه. وداعًا، ودمت بخير.

# What was erased: $written, $announced, $drafts, $followed, $digests, $notices, $sealed, $messages are numbers; $when; $number: of the receipt
receipt =
    <b>إيصال</b>، { $when }
    اسمك وإجاباتك وإعداداتك: مُحيت
    المنشورات: { $written }
    الإعلانات: { $announced }
    المسوّدات: { $drafts }
    المواضيع التي كنت تتابعها: { $followed }
    الموجزات: { $digests }
    الإشعارات الموجّهة إليك: { $notices }
    الملاحظات المختومة عنك: { $sealed }
    الرسائل التي كانت تنتظر: { $messages }
    مفتاحك: مُحي؛ ومن دونه لا تفتح النسخ الاحتياطية شيئًا يخصّك، بعد تجديد نسختها من المفاتيح
    رقم هذه الحالة من البيانات: { $number }


## The file of /mydata: plain text.

export-title = ما هو محفوظ عنك في { $network }
# $what: a heading below; $value: what is held
export-line = { "\u200F" }{ $what }: { $value }
export-identity = بياناتك هنا
export-made = تاريخ هذا الملف
export-telegram-id = المعرّف الرقمي لحسابك في تيليغرام
export-name = الاسم
export-host = المنظمة المضيفة
export-reason = سبب الانضمام
export-language = اللغة
export-zone = بتوقيت
export-state = حالتك
export-role = الدور
export-agreed = تاريخ الموافقة على التنبيه
export-applied = تاريخ طلب الانضمام
export-decided = تاريخ البتّ في الطلب
export-quiet = ساعات الهدوء
export-cadence = الموجز
export-hour = ساعة الموجز
export-next-digest = الموجز القادم
export-subscriptions = المواضيع التي في متابعاتك
export-posts = منشوراتك
# $topic, $when, $body; $photo, $hidden: yes or no
export-post =
    { "\u200F" }{ $topic }، { $when }{ $photo ->
        [yes] {" "}(مع صورة)
       *[no] {""}
    }{ $hidden ->
        [yes] {" "}(محجوب عن الآخرين)
       *[no] {""}
    }:
    { "\u200F" }{ $body }
export-announcements = إعلاناتك
export-announcement =
    { "\u200F" }{ $when } ({ $state ->
        [draft] لم يُرسل
        [asked] ينتظر الموافقة
        [returned] أُعيد
        [approved] يوشك أن يُرسل
        [sending] يُرسل الآن
        [halted] أُوقف
       *[sent] أُرسل
    }):
    { "\u200F" }{ $body }
export-urgent = الإعلانات العاجلة في ساعات الهدوء
export-urgent-yes = نعم
export-urgent-no = لا
export-draft = ما لم تكتمل كتابته
export-digests = الموجزات التي أُرسلت إليك
export-outbox = الإشعارات الموجّهة إليك: موعدها، نوعها، حالتها
export-audit = ما جرى بشأنك
# $when; $what: the words of a kind of delivery; $state: what became of it
export-notice =
    { "\u200F" }{ $when }: { $what } ({ $state ->
        [pending] في الانتظار
        [sending] في الطريق
        [sent] أُرسل
        [failed] لم يصل
        [uncertain] ربما وصل
       *[cancelled] أُلغي
    })
# $when: date and time; $what: see audit-action
export-action = { "\u200F" }{ $when }: { $what }
ask-my-data =
    <b>كل ما هو محفوظ عنك، في ملف؟</b>

    في الملف اسمك واسم هذه الشبكة، ويستطيع فتحه كل من في يده هاتفك. يغادر الملف هذه المحادثة بعد حين؛ أما النسخة التي تُحفظ منه فلا.
button-send-data = إرسال الملف
export-nothing = (لا شيء)
export-acts = ما فعلته
ask-name =
    <b>ما الاسم الذي يناسبك أن يعرفك به الآخرون؟</b>

    ليس من الضروري أن يكون هو الاسم المدوّن في جواز سفرك. يراه الأعضاء مع منشوراتك.
ask-zone =
    <b>بتوقيت أي مدينة تمضي أيامك؟</b>

    الغرض ألّا يصلك شيء ليلًا. لا داعي إلى ذكر مكان وجودك: تكفي أي مدينة لها التوقيت نفسه. يمكن الاختيار من القائمة، أو كتابة اسم مدينة، أو شيء مثل <i>{ "\u2068" }UTC+2{ "\u2069" }</i>.
rename-rule = يمكن تغيير الاسم مرة كل ثلاثين يومًا. ومن يعرف الاسم الحالي يُبلَّغ بالجديد.
# $when: date and time
rename-not-yet = تغيّر اسمك منذ وقت قريب. ويمكن تغييره من جديد ابتداءً من { $when }.
export-former-name = الاسم السابق
button-change-name = تغيير الاسم
button-change-zone = تغيير المدينة

## In the file of /mydata: plain text.
export-sealed = الملاحظات المختومة عنك. لا يستطيع هذا الجهاز قراءتها؛ يقرؤها فريق التنسيق في منظمتك المضيفة وإدارة الشبكة، على حواسيبهم الخاصة
# $when: date and time; $kind: who left it
export-sealed-note =
    { "\u200F" }{ $when }: { $kind ->
        [contact] ما تركته لحالات الطوارئ
       *[vetting] ملاحظة ممن يبتّون في طلبات الانضمام
    }

## What stands in the audit, and in the file of /mydata: plain text, as few words as it takes.

action-renamed = تغيير الاسم
