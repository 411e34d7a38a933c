### Topics and posts.

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.
button-post = ✏️ كتابة منشور
button-topics = 💬 المواضيع
button-topic = ➕ موضوع جديد

## Commands, as Telegram lists them: at most 256 characters, no markup.
command-topics = كل المواضيع: قراءة ومتابعة
command-post = كتابة منشور
command-topic = فتح موضوع جديد

topics = <b>المواضيع</b>. باختيار موضوع تمكن قراءته أو متابعته أو الكتابة فيه.
no-topics = لا توجد مواضيع بعد.
# $title: of the topic; $mode: how the reader follows it. A button: plain text.
topic-label =
    { $mode ->
        [digest] ✔ { $title }
        [at_once] ✔✔ { $title }
        [muted] { $title } (مكتوم)
        [closed] { $title } (مغلق)
       *[none] { $title }
    }
topic = { "\u200F" }<b>{ $title }</b>
topic-mode =
    { $mode ->
        [digest] هذا الموضوع من متابعاتك: منشوراته في موجزك.
        [at_once] هذا الموضوع من متابعاتك: يصلك خبر كل منشور عند كتابته، أو بعد ساعات الهدوء.
        [muted] هذا الموضوع مكتوم: منشوراته ليست في موجزك.
       *[none] هذا الموضوع ليس من متابعاتك.
    }
topic-closed = هذا الموضوع مغلق. تمكن قراءته، ولا تمكن الكتابة فيه.
topic-followers =
    { $count ->
        [0] يتابعه أقل من 10 أعضاء.
        [one] يتابعه عضو واحد.
        [two] يتابعه عضوان.
        [few] يتابعه { $count } أعضاء.
        [many] يتابعه { $count } عضوًا.
       *[other] يتابعه { $count } عضو.
    }
topic-gone = هذا الموضوع غير موجود، أو مغلق.
# $title: of the topic
topic-empty = لم يكتب أحد في <b>{ $title }</b> بعد.

button-write = ✏️ الكتابة فيه
button-read-latest = قراءة الأحدث
button-follow-digest = متابعة في موجزي
button-follow-at-once = إخباري بكل منشور فورًا
button-mute = كتم
button-leave-topic = إنهاء المتابعة
button-close-topic = إغلاق الموضوع
button-reopen-topic = إعادة فتحه
button-open-topic = عرض الموضوع
ask-close-topic =
    <b>إغلاق «{ $title }»؟</b>

    تبقى قراءته متاحة للجميع، ولا تمكن الكتابة فيه لأحد. وتمكن إعادة فتحه.
button-close-topic-yes = نعم، إغلاق «{ $title }»

choose-topic = <b>في أي موضوع سيكون منشورك؟</b>
write-post =
    يمكن الآن كتابة منشورك في <b>{ $title }</b>: نصًّا، أو صورةً تحتها بضع كلمات. وسيُعرض عليك مرة أخرى قبل أن يُرسل.

    من دون تفاصيل قضايا، رجاءً: لا أسماء لموكّلين أو شهود، ولا شيء يدلّ عليهم.
# $length and $most: numbers
post-too-long =
    { $length ->
        [0] يبدو أن هذا بقية النص الذي تجاوز الحد. لم يُحفظ منه شيء: يُرجى إرسال نص أقصر، لا تزيد أحرفه على { $most }.
       *[other] هذا النص أطول مما يلزم: عدد أحرفه { $length }، والحد الأقصى للمنشور { $most }. لم يُرسل شيء؛ يُرجى اختصاره.
    }
# $title: of the topic; $name: of the author; $count: followers
preview =
    <b>هكذا سيظهر في «{ $title }»</b>، موقّعًا باسم «{ $name }». { $count ->
        [0] يتابع هذا الموضوع أقل من 10 أعضاء.
        [one] يتابع هذا الموضوع عضو واحد.
        [two] يتابع هذا الموضوع عضوان.
        [few] يتابع هذا الموضوع { $count } أعضاء.
        [many] يتابع هذا الموضوع { $count } عضوًا.
       *[other] يتابع هذا الموضوع { $count } عضو.
    }
preview-goes-on = <i>… وهكذا إلى آخره. النص أطول من أن يُعرض هنا كاملًا؛ لكنه يُرسل كله.</i>
button-send-post = إرسال إلى «{ $title }»
posted = أُرسل إلى <b>{ $title }</b>.
button-take-back = سحب المنشور
taken-back = سُحب المنشور. لن يراه بعد الآن من لم يقرأه.
post-gone = لم يعد هذا المنشور موجودًا.

ask-topic-title = <b>ما عنوان الموضوع الجديد؟</b> بضع كلمات، مثل «الاحتجاز والحماية».
ask-topic-purpose = <b>ما الغاية من «{ $title }»؟</b> جملة أو جملتان للأعضاء.
topic-exists = هناك موضوع مفتوح بعنوان «{ $title }». يُرجى اختيار عنوان آخر.
button-no-purpose = تركها فارغة
topic-opened = فُتح الموضوع <b>{ $title }</b>. يراه الأعضاء بالأمر { "\u2068" }/topics{ "\u2069" }.
preview-replaces = <i>هذا يحلّ محلّ ما كُتب من قبل.</i>
# $when: date and time
posts-full = منشوراتك كثيرة: لا يُرسل أكثر من عشرة منشورات في الساعة ولا أكثر من أربعين في اليوم، كي لا يُغرق هاتف أحد. يمكنك النشر من جديد ابتداءً من { $when }. ما كتبته محفوظ هنا، ويمكن لمن ينسّق الشبكة رفع الحد ليوم واحد.
# On the entry of a member. $when: date and time; $name: of the member
quota-lifted-until = حد المنشورات مرفوع لهذا العضو حتى { $when }.
quota-lifted = حد المنشورات مرفوع للعضو { $name } حتى { $when }.
button-lift-quota = رفع حد المنشورات ليوم واحد

## Kinds of delivery, in /outbox and in the file of /mydata: plain text, as few words as it takes.

delivery-post = إشعار بمنشور

## What stands in the audit, and in the file of /mydata: plain text, as few words as it takes.

action-post-limit-lifted = رفع حد المنشورات
action-post-taken-back = سحب منشور
action-posted = كتابة منشور
action-topic-closed = إغلاق موضوع
action-topic-opened = فتح موضوع
action-topic-reopened = إعادة فتح موضوع
