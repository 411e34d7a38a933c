### The digest: when it comes, and what it looks like.

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.
button-digest = 📰 الموجز

## Commands, as Telegram lists them: at most 256 characters, no markup.
command-digest = موجزك: قراءته الآن، أو تحديد موعده

# $cadence, $time (of day), $weekday (its name)
digest-schedule =
    { $cadence ->
        [daily] <b>يصلك الموجز كل يوم عند الساعة { $time }.</b> وإذا لم يكن هناك جديد، فلا يصل شيء.
        [weekly] <b>يصلك الموجز أسبوعيًّا، يوم { $weekday } عند الساعة { $time }.</b> وإذا لم يكن هناك جديد، فلا يصل شيء.
       *[off] <b>موجزك متوقّف.</b>
    }
digest-waiting =
    { $count ->
        [0] لا جديد لك الآن.
        [one] منشور جديد واحد في انتظارك.
        [two] منشوران جديدان في انتظارك.
        [few] { $count } منشورات جديدة في انتظارك.
        [many] { $count } منشورًا جديدًا في انتظارك.
       *[other] { $count } منشور جديد في انتظارك.
    }
digest-empty = ما كان هنا لم يعد موجودًا.
button-read-now = 📰 قراءته الآن
button-cadence-daily = كل يوم
button-cadence-weekly = مرة في الأسبوع
button-cadence-off = إيقافه
button-change-hour = تغيير الساعة
button-change-weekday = تغيير اليوم
ask-hour = <b>في أي ساعة من يومك؟</b> بالاختيار من الأزرار، أو بكتابة وقت مثل { "\u2068" }18:30{ "\u2069" }.
hour-not-understood = لم أفهم هذا الوقت. يُرجى كتابته على شكل { "\u2068" }18:30{ "\u2069" }.
ask-weekday = <b>في أي يوم؟</b>
# The time stands before the Arabic words, so that it is read in the order in which it is typed; any order is understood.
schedule-not-understood =
    لم أفهم ذلك. يمكن مثلًا كتابة أحد هذه الأوامر:
    { "\u2068" }<code>/digest 18:00 يومي</code>{ "\u2069" }
    { "\u2068" }<code>/digest 9 أسبوعي الاثنين</code>{ "\u2069" }
    { "\u2068" }<code>/digest إيقاف</code>{ "\u2069" }
waiting-digest = 📰 موجزك
button-read-again = قراءة الأخير من جديد

## Kinds of delivery, in /outbox and in the file of /mydata: plain text, as few words as it takes.

delivery-digest = إشعار بموجز
delivery-digest-close = موجز يُغلق
