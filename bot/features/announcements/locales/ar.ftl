### Announcements: for the coordinators who write and approve them, and for those who read them.

button-announce = 📣 إعلان
button-halt = ✋ إيقاف الإعلانات
command-announce = إعلان للشبكة كلها، أو لجزء منها
command-halt = إيقاف كل إعلان يُرسل الآن أو يوشك أن يُرسل

announcements = <b>الإعلانات</b> الجارية، وما أُرسل منها أخيرًا.
# $state: see below; $whom: for whom; $when: date and time. A button: plain text.
announcement-line =
    { $state ->
        [draft] لم يكتمل: { $whom } · { $when }
        [asked] ينتظر الموافقة: { $whom } · { $when }
        [returned] أُعيد: { $whom } · { $when }
        [approved] يوشك أن يُرسل: { $whom } · { $when }
        [waiting] أُرسل، والبعض ينتظر: { $whom } · { $when }
        [sending] يُرسل الآن: { $whom } · { $when }
        [halted] أُوقف: { $whom } · { $when }
       *[sent] أُرسل: { $whom } · { $when }
    }
button-new-announcement = ➕ إعلان جديد
announcement-gone = لم يعد هذا الإعلان موجودًا، أو ليس لك الاطلاع عليه.

## For whom

ask-whom =
    <b>لمن هذا الإعلان؟</b> بالاختيار من الأزرار، أو بكتابة اسم: منظمة مضيفة أو موضوع أو لغة أو جزء من العالم.
# $kind: of people; $name: of the host, topic, language or region. Also on a button: plain text.
announce-whom =
    { $kind ->
        [host] أعضاء { $name }
        [topic] من يتابع «{ $name }»
        [language] من يقرأ باللغة: { $name }
        [region] { $name }
       *[everybody] الجميع
    }
region =
    { $region ->
        [Africa] أفريقيا
        [America] الأمريكتان
        [Asia] آسيا
        [Atlantic] جزر المحيط الأطلسي
        [Australia] أستراليا
        [Europe] أوروبا
        [Indian] جزر المحيط الهندي
       *[Pacific] المحيط الهادئ
    }
button-whom-host = أعضاء منظمة مضيفة
button-whom-topic = من يتابع موضوعًا
button-whom-language = من يقرأ بلغة معيّنة
button-whom-region = جزء من العالم
ask-whom-host = <b>أي منظمة مضيفة؟</b>
ask-whom-topic = <b>أي موضوع؟</b> يصل الإعلان إلى من يتابعه من غير كتم.
ask-whom-language = <b>أي لغة؟</b>
ask-whom-region = <b>أي جزء من العالم؟</b> العبرة بالمدينة التي اختير توقيتها.
whom-not-understood = لم أفهم لمن هذا الإعلان. يُرجى الاختيار من الأزرار، أو كتابة اسم كما هو مكتوب على زر.

## The words

# $whom: for whom; $language: name of a language
ask-announcement-words =
    <b>يمكن الآن كتابة الإعلان</b> نصًّا. اللغة: { $language }. وهو موجّه إلى: { $whom }. سيُعرض عليك مرة أخرى، ويوافق عليه شخص آخر، قبل أن يُرسل.

    من دون تفاصيل قضايا، رجاءً، ومن دون أي شيء يدلّ على شخص.
# $length and $most: numbers
announcement-too-long =
    { $length ->
        [0] يبدو أن هذا بقية النص الذي تجاوز الحد. لم يُحفظ منه شيء: يُرجى إرسال نص أقصر، لا تزيد أحرفه على { $most }.
       *[other] هذا النص أطول مما يلزم: عدد أحرفه { $length }، والحد الأقصى للإعلان { $most }. لم يُحفظ منه شيء؛ يُرجى اختصاره.
    }

## What it looks like before it goes out

# $language: name of a language
announcement-preview = <b>هذا ما يراه من يقرأ باللغة: { $language }.</b>
announcement-preview-first = <b>هذا ما يراه من يقرأ باللغة: { $language }</b>، ومن يقرأ بأي لغة لا نص لها هنا.
announcement-for = <b>إلى:</b> { $whom }
# $count: rounded; 0: fewer than ten
announcement-reaches =
    { $count ->
        [0] يصل إلى أقل من 10 أشخاص.
        [one] يصل إلى نحو شخص واحد.
        [two] يصل إلى نحو شخصين.
        [few] يصل إلى نحو { $count } أشخاص.
        [many] يصل إلى نحو { $count } شخصًا.
       *[other] يصل إلى نحو { $count } شخص.
    }
announcement-resting =
    { $count ->
        [0] لو أُرسل الآن، لانتظر أقل من 10 منهم انتهاء ساعات الهدوء.
        [one] لو أُرسل الآن، لانتظر نحو واحد منهم انتهاء ساعات الهدوء.
        [two] لو أُرسل الآن، لانتظر نحو اثنين منهم انتهاء ساعات الهدوء.
        [few] لو أُرسل الآن، لانتظر نحو { $count } منهم انتهاء ساعات الهدوء.
        [many] لو أُرسل الآن، لانتظر نحو { $count } منهم انتهاء ساعات الهدوء.
       *[other] لو أُرسل الآن، لانتظر نحو { $count } منهم انتهاء ساعات الهدوء.
    }
announcement-urgent = <b>عاجل:</b> يصل أيضًا في ساعات الهدوء، ولكن فقط إلى من سمح بذلك في { "\u2068" }/settings{ "\u2069" }. ويصل إلى غيرهم بعدها.
announcement-not-urgent = <b>غير عاجل:</b> من كان في ساعات هدوئه يصله بعدها.
announcement-draft = <b>لم يُرسل شيء بعد.</b> متى صار الإعلان كما ينبغي، تُطلب الموافقة عليه.
# $elsewhere: whether there are coordinators of other hosts
announcement-asked =
    { $elsewhere ->
        [yes] <b>ينتظر الموافقة</b> من فريق التنسيق في منظمة مضيفة أخرى، وقد أُبلغ بذلك. أي تغيير يسحب الطلب.
       *[no] <b>ينتظر الموافقة</b> من شخص آخر في فريق التنسيق، وقد أُبلغ بذلك. أي تغيير يسحب الطلب.
    }
announcement-asked-you = <b>طلب موافقة على هذا الإعلان، من { $name }.</b> لا أحد يوافق على إعلانه بنفسه.
announcement-returned = <b>أُعيد الإعلان من قِبل { $name }.</b> إن لم يكن السبب معروفًا، فالأفضل التحدّث معًا؛ ثم تغييره وطلب الموافقة من جديد.
announcement-returned-left = <b>أُعيد الإعلان</b> من قِبل شخص غادر الشبكة. يمكن تغييره وطلب الموافقة من جديد.
announcement-nobody-approves = <b>لا أحد يمكنه الموافقة على هذا الإعلان.</b> يلزم شخص ثانٍ في فريق التنسيق، من منظمة مضيفة أخرى إن وُجدت، وليس في الشبكة غيرك. تستطيع إدارة الشبكة إسناد هذا الدور بالأمر { "\u2068" }/roles{ "\u2069" }.
announcement-changed = <b>تغيّر الإعلان بعد أن عُرض عليك.</b> هذا ما صار إليه الآن؛ يُرجى النظر فيه من جديد.
announcement-voided = سحب هذا التغيير طلبَ الموافقة، أو الموافقةَ نفسها.
# $language: name of a language
button-show-version = عرضه باللغة: { $language }
button-change-words = ✏️ تغيير هذا النص
button-add-version = ➕ كتابته أيضًا باللغة: { $language }
button-remove-version = حذف النص باللغة: { $language }
button-change-whom = تغيير لمن هو
button-make-urgent = جعله عاجلًا
button-not-urgent = جعله غير عاجل
button-ask-approval = طلب الموافقة
button-throw-away = حذفه …
button-approve-announcement = ✔ الموافقة عليه
button-send-back = إعادته
# $whom: for whom
ask-throw-away = <b>حذف الإعلان الموجّه إلى: { $whom }؟</b> يُمحى نصه. لم يُرسل منه شيء.
button-throw-away-yes = نعم، حذفه
thrown-away = حُذف. لم يُرسل شيء.
announcement-sent-back = أُعيد الإعلان. يُرسل إشعار بذلك إلى { $name }.

## On its way

# $name: of whoever approved it; $time: of day
announcement-approved = <b>تمت الموافقة عليه من قِبل { $name }، ويُرسل عند الساعة { $time }.</b> حتى ذلك الحين هناك وقت للتفكير: يمكن إيقافه، وأي تغيير يسحب الموافقة.
announcement-approved-left = <b>تمت الموافقة عليه، ويُرسل عند الساعة { $time }.</b> حتى ذلك الحين هناك وقت للتفكير: يمكن إيقافه، وأي تغيير يسحب الموافقة.
announcement-sending = <b>الإعلان يُرسل الآن.</b>
announcement-waiting = <b>أُرسل الإعلان.</b> ومن ينتظر يصله لاحقًا.
announcement-halted = <b>أُوقف الإعلان.</b> من لم يصله لن يصله، ومن وصله الإشعار لا يمكنه فتحه الآن.
announcement-halted-early = <b>أُوقف الإعلان.</b> لم يُرسل شيء.
announcement-sent = <b>أُرسل الإعلان.</b>
# All numbers: $sent, $due, $later, $missed, $uncertain
announcement-tally =
    وصل: { $sent }
    لم يُرسل بعد: { $due }
    ينتظر انتهاء ساعات هدوء أو استراحة، أو تعذّر الوصول إليه: { $later }
    لم يصل: { $missed }
    غير مؤكد: { $uncertain }
# The same once nothing goes out any more
announcement-tally-end =
    وصل: { $sent }
    لم يصل: { $missed }
    غير مؤكد: { $uncertain }
# $time: of day
announcement-as-of = <i>حتى الساعة { $time }</i>
button-stop-announcement = ✋ إيقافه
button-go-on = المتابعة رغم ذلك
button-see-words = عرض النص
nothing-to-halt = لا يوجد إعلان يُرسل الآن أو يوشك أن يُرسل ويمكنك إيقافه.
announcements-halted = <b>أُوقفت هذه الإعلانات.</b>
not-resumed = لا يمكن أن يتابع الإعلان طريقه: الأمر بيد من أوقفه، أو بيد إدارة الشبكة.

## What readers see

# $network: name of the network; $urgent: yes or no
announcement-heading =
    { $urgent ->
        [yes] { "\u200F" }<b>إعلان عاجل · { $network }</b>
       *[no] { "\u200F" }<b>إعلان · { $network }</b>
    }
waiting-announcement = 📢 إعلان
waiting-asked = إعلان يحتاج إلى موافقة
waiting-news = جديد عن إعلانك
announcement-not-now = هذا الإعلان أُوقف أو سُحب. لا يوجد ما يُقرأ الآن.

## Kinds of delivery, in /outbox and in the file of /mydata: plain text, as few words as it takes.

delivery-announcement = إعلان
delivery-announcement-asked = طلب الموافقة على إعلان
delivery-announcement-close = إعلان يُغلق
delivery-announcement-news = خبر عن إعلان
delivery-announcement-progress = عدد ما أُرسل من إعلان

## What stands in the audit, and in the file of /mydata: plain text, as few words as it takes.

action-announced = إرسال إعلان
action-announcement-approved = الموافقة على إعلان
action-announcement-asked = طلب الموافقة على إعلان
action-announcement-changed = تغيير إعلان بعد عرضه على غير كاتبه
action-announcement-halted = إيقاف إعلان
action-announcement-resumed = متابعة إعلان بعد إيقافه
action-announcement-returned = إعادة إعلان
