### What every part of the bot says. Telegram HTML: <b>, <i>, <code> and <blockquote> may be used, nothing else.
### A variable is escaped and isolated before it stands in a sentence.
###
### Nobody is addressed as a man or as a woman: verbal nouns, the passive, and suffixes that are written alike for both.
### So coordinators are «فريق التنسيق», owners «إدارة الشبكة», and a request is approved rather than a person.
### \u2068 and \u2069 stand around what is typed in Latin letters or digits, or the bidi algorithm puts the slash of a command
### behind its name and turns 22-7 into 7-22. They are outside of <code>, whose content is copied as it is.
### \u200F begins a line that holds nothing but names, dates and marks, so that it is laid out from the right like the others.
### Arrows are not mirrored by the bidi algorithm: on a right-to-left screen → leads back and ← leads on.

# $network: name of the network
home =
    { "\u200F" }<b>{ $network }</b>

    بماذا نبدأ؟
home-paused = أنت في استراحة: لن يُرسل إليك شيء حتى إنهائها.

greeting =
    مرحبًا. أنا بوت للأعضاء فقط.

    إذا وصلتك دعوة من أحد، يُرجى فتح رابطها. وإن كانت هناك أزرار في أعلى هذه المحادثة فالمتابعة منها. وفي غير ذلك لا يوجد ما يمكن فعله هنا، ولا أحفظ عنك أي شيء.

knock = هناك ما ينتظرك هنا.
resume = انقطع الاتصال لحظة. إن كان هناك جواب ناقص، يُرجى طلبه من جديد. كل ما فعلته محفوظ.
alarm = توقّفتُ عن العمل: برنامج آخر يستقبل ما يُكتب لهذا البوت. يُرجى إبلاغ من يتولّى تشغيله فورًا، وعدم كتابة أي شيء هنا إلى حين التأكيد بأن الأمر قد أُصلح.

expired = هذا الزر استُعمل من قبل، أو صار قديمًا. لم يضع شيء: تمكن المتابعة من هنا.
unknown-command = لا أعرف هذا الأمر. لمعرفة ما يمكنني فعله: { "\u2068" }/help{ "\u2069" }.
did-not-understand = لم أكن أنتظر نصًّا الآن، ولم أحفظ منه شيئًا. ما المطلوب؟
cannot-take-that = لا يمكنني استقبال هذا. يُرجى إرساله نصًّا، أو إرسال صورة تحتها بضع كلمات، كصورة لا كملف، فالملف قد يكشف أين ومتى وبأي جهاز التُقطت. لم يُحفظ منه شيء؛ وإن كان فيه ما هو حسّاس، يُرجى حذفه من هذه المحادثة أيضًا.
edits-are-not-seen = وصلني تعديل لرسالة سابقة. لا أتابع التعديلات: يُرجى إرسال الكلام الجديد في رسالة جديدة.
only-first-hand = لا أقبل الأوامر إلا مكتوبة هنا مباشرة، لا محوّلة ولا عبر بوت آخر. لم يُنفَّذ شيء.
only-in-private = أتحدّث على انفراد فقط، لا في المجموعات. يُرجى الكتابة إليّ هنا.
suspended = عضويتك معلّقة. يُرجى التحدّث إلى شخص معروف لديك من فريق التنسيق. وما زال بإمكانك الاطلاع على ما هو محفوظ عنك ({ "\u2068" }/mydata{ "\u2069" }) ومحوه ({ "\u2068" }/forget{ "\u2069" }).

# $reference: a short code
went-wrong =
    حدث خطأ من جهتي. لم يتغيّر شيء؛ يُرجى المحاولة من جديد.

    إذا تكرّر ذلك، يُرجى إبلاغ فريق التنسيق بهذا الرمز: { $reference }
row-unreadable =
    ما هو محفوظ هنا عنك تالف، ولا أستطيع فتحه. لذلك لا يمكنني فعل شيء لك الآن، وما يُكتب هنا لا يُحفظ.

    يُرجى إبلاغ فريق التنسيق بهذا الرمز، لإيصاله إلى إدارة الشبكة: { $reference }

saved = تم الحفظ.
# $length and $most: numbers of characters
answer-too-long = هذا النص أطول مما يلزم: عدد أحرفه { $length }، والحد الأقصى { $most }. يُرجى إرسال نص أقصر.
answer-empty = لا كلمات في هذه الرسالة. يُرجى كتابتها نصًّا.
words-please = يُرجى الجواب كتابةً؛ لا يمكنني استعمال صورة هنا.
# $page and $pages: numbers
page = <i>الصفحة { $page } من { $pages }</i>

# Single words, since they are typed after /digest as well.
cadence =
    { $cadence ->
        [daily] يومي
        [weekly] أسبوعي
       *[off] إيقاف
    }
role =
    { $role ->
        [owner] إدارة الشبكة
        [coordinator] التنسيق
       *[member] عضوية
    }
state =
    { $state ->
        [applicant] طلب انضمام لم يُبتّ فيه بعد
        [active] عضوية قائمة
        [paused] عضوية قائمة، في استراحة
        [suspended] عضوية معلّقة
       *[declined] طلب انضمام لم يُقبل
    }
no-host = لا توجد

bot-description =
    مكان يواصل فيه أعضاء شبكةٍ حديثهم بين لقاء وآخر.

    للعلم قبل كتابة أي شيء: بوتات تيليغرام غير مشفّرة من طرف إلى طرف. لا مكان هنا لتفاصيل القضايا.

    إذا كانت لديك دعوة، يُرجى فتح رابطها.
bot-short-description = لأعضاء شبكة. بالدعوة فقط.

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.

button-start = 🏠 الرئيسية
button-back = → رجوع
button-cancel = إلغاء
button-open = فتح
button-close = إغلاق
button-next-page = الصفحة التالية ←
button-previous-page = → الصفحة السابقة
# $number: counts the photos of a page
button-photo = 📷 الصورة { $number }
button-help = ❓ مساعدة
button-privacy = 🔒 الخصوصية
button-language = 🌐 اللغة · Language · Langue
button-post = ✏️ كتابة منشور
button-topics = 💬 المواضيع
button-topic = ➕ موضوع جديد
button-digest = 📰 الموجز
button-settings = ⚙️ الإعدادات
button-pause = استراحة
button-mydata = ما هو محفوظ عني
button-forget = المغادرة ومحو كل شيء
button-withdraw = سحب الطلب
button-invite = 🔗 دعوة شخص
button-applications = 📥 طلبات الانضمام
button-roles = الأدوار
button-members = الأعضاء
button-audit = السجل
button-outbox = الرسائل إلى الأعضاء
button-lock = 🔒 إقفال الشبكة
button-notes = الملاحظات المختومة
button-sealing = مفتاحي للملاحظات المختومة
button-hosts = المنظمات المضيفة
button-status = أين وصل طلبي

## Commands, as Telegram lists them: at most 256 characters, no markup.

command-start = الشاشة الرئيسية
command-language = اختيار لغتك
command-status = أين وصل طلب انضمامك
command-withdraw = سحب طلب انضمامك
command-topics = كل المواضيع: قراءة ومتابعة
command-post = كتابة منشور
command-topic = فتح موضوع جديد
command-digest = موجزك: قراءته الآن، أو تحديد موعده
command-settings = الاسم واللغة والمدينة وساعات الهدوء
command-pause = عدم تلقّي أي شيء لفترة
command-mydata = كل ما هو محفوظ عنك، في ملف
command-forget = المغادرة، ومحو كل شيء
command-help = ما يمكنني فعله
command-privacy = ما يُحفظ، ومن يراه، وما لا تمكن حمايته
command-cancel = حذف ما لم تكتمل كتابته
command-invite = دعوة شخص: رابط لشخص واحد
command-applications = طلبات الانضمام
command-members = الأعضاء الذين في عهدتك
command-notes = الملاحظات المختومة عن الأشخاص
command-sealing = مفتاحك للملاحظات المختومة
command-audit = ما جرى، ومن قام به، ومتى
command-outbox = الرسائل التي في الطريق، وغير المؤكدة منها
command-lock = إقفال الشبكة حتى يفتحها القائمون على تشغيلها
command-roles = من يتولّى التنسيق، ومن يتولّى الإدارة
command-hosts = المنظمات المضيفة في الشبكة
