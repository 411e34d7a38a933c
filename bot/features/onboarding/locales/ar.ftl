### The way in. Whoever reads this may be frightened, and has never used the bot before.

# $expires: date and time
invite =
    <b>دعوة لشخص واحد.</b> تُسلَّم بتمرير الرابط أو عرض الرمز؛ وتعمل مرة واحدة، حتى { $expires }.

    لا تُعطى إلا لشخص معروف لديك، عبر قناة تثقان بها معًا. لا أحتفظ بنسخة منها.
button-revoke-invite = إبطالها
invite-revoked = أُبطلت الدعوة. لم يعد رابطها يعمل.
invite-not-open = هذه الدعوة استُعملت أو انتهت من قبل.

applications =
    { $count ->
        [0] <b>لا طلبات انضمام في الانتظار.</b>
        [one] <b>طلب انضمام واحد في الانتظار.</b>
        [two] <b>طلبا انضمام في الانتظار.</b>
        [few] <b>{ $count } طلبات انضمام في الانتظار.</b>
        [many] <b>{ $count } طلب انضمام في الانتظار.</b>
       *[other] <b>{ $count } طلب انضمام في الانتظار.</b>
    }
# $name, $host, $city, $language, $inviter, $reason: of the applicant; $when: date and time
application =
    <b>طلب انضمام من { $name }.</b>

    <b>المنظمة المضيفة:</b> { $host }
    <b>بتوقيت:</b> { $city }
    <b>اللغة:</b> { $language }
    <b>مصدر الدعوة:</b> { $inviter }
    <b>سبب الانضمام:</b> { $reason }

    <i>قُدّم يوم { $when }</i>
button-approve = ✔ قبول طلب { $name }
button-decline = رفض طلب { $name } …
ask-decline =
    <b>رفض طلب { $name }؟</b>

    يُبلَّغ الرفض من دون ذكر سبب. وتُمحى الإجابات بعد قراءته، أو في غضون سبعة أيام على أبعد تقدير. لا رجعة في ذلك.
button-decline-yes = نعم، رفض طلب { $name }
approved = <b>قُبل طلب { $name }.</b> يُبلَّغ القبول الآن، أو بعد انتهاء ساعات الهدوء.
application-declined = رُفض طلب { $name }. يُبلَّغ الرفض؛ وتُمحى الإجابات بعد قراءته، أو في غضون سبعة أيام على أبعد تقدير.
# $name: of the coordinator who was faster
decided-already =
    { "\u200F" }{ $outcome ->
        [declined] { $name }: لم يُقبل هذا الطلب، وقد سبق البتّ فيه من قِبل { $coordinator }.
       *[approved] { $name }: سبق قبول هذا الطلب من قِبل { $coordinator }.
    }
no-application = لا يوجد طلب كهذا، أو لم يعد في الانتظار.
ask-approve =
    <b>قبول طلب { $name }؟</b>

    سيتاح لمن أرسل الطلب قراءة كل المواضيع والكتابة فيها. يُقبل فقط طلب شخص معروف لديك، أو لدى شخص موثوق.
button-approve-yes = نعم، قبول { $name }
you-were-removed =
    <b>انتهت عضويتك:</b> قرّر ذلك شخصان ممن يتولّون تنسيق هذه الشبكة.

    مُحي كل ما كان محفوظًا عنك، ومع هذه الرسالة وسيلة الوصول إليك أيضًا. إن كان في الأمر خطأ فيُرجى التحدّث إلى شخص معروف لديك من فريق التنسيق.
no-inviter = رمز البداية، أو شخص غادر الشبكة
suspended = عضويتك معلّقة. يُرجى التحدّث إلى شخص معروف لديك من فريق التنسيق. وما زال بإمكانك الاطلاع على ما هو محفوظ عنك ({ "\u2068" }/mydata{ "\u2069" }) ومحوه ({ "\u2068" }/forget{ "\u2069" }).

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.

button-start = 🏠 الرئيسية
button-language = 🌐 اللغة · Language · Langue
button-withdraw = سحب الطلب
button-invite = 🔗 دعوة شخص
button-applications = 📥 طلبات الانضمام
button-status = أين وصل طلبي

## Commands, as Telegram lists them: at most 256 characters, no markup.

command-start = الشاشة الرئيسية
command-language = اختيار لغتك
command-status = أين وصل طلب انضمامك
command-withdraw = سحب طلب انضمامك
command-invite = دعوة شخص: رابط لشخص واحد
command-applications = طلبات الانضمام

bad-invite =
    هذه الدعوة لا تعمل، أو لم تعد تعمل.

    كل دعوة لشخص واحد، وتنتهي بعد ثلاثة أيام. يُرجى طلب دعوة جديدة ممّن أرسلها.

# $network: name of the network
notice =
    { "\u200F" }<b>{ $network }</b>

    هنا يتحدّث أعضاء شبكة في مواضيع، ويقرؤون موجزًا واحدًا في اليوم. الانضمام يستغرق نحو دقيقتين. يُرجى قراءة هذا أولًا.

    <b>هذه ليست قناة سرّية.</b> بوتات تيليغرام غير مشفّرة من طرف إلى طرف: يستطيع تيليغرام رؤية ما يُكتب هنا. لا مكان هنا لتفاصيل القضايا، ولا لأسماء الموكّلين أو الشهود، ولا للأدلة.

    <b>ما يُحفظ:</b> المعرّف الرقمي لحسابك في تيليغرام (لا رقم هاتفك)، والاسم الذي يقع عليه اختيارك، ومنظمتك المضيفة، ومنطقتك الزمنية، وسبب انضمامك، ومنشوراتك. يُحفظ ذلك مشفّرًا على جهاز الشبكة نفسها؛ وما يكشف اسمك وما كُتب بكلماتك مشفّر مرة أخرى، بمفتاح لا يُستعمل إلا لك.

    <b>من يراه:</b> يرى إجاباتك فريق التنسيق في منظمتك المضيفة وإدارة الشبكة. ويرى الأعضاء الاسم الذي يقع عليه اختيارك ومنشوراتك. ولا أُطلع عليه أحدًا سواهم.

    <b>طريقة المغادرة:</b> الأمر { "\u2068" }/forget{ "\u2069" } يمحو كل شيء فورًا، من دون سؤال عن السبب. وما فتحه آخرون من قبل يغادر محادثاتهم بعد حين؛ وما نسخوه لا تمكن استعادته.
notice-go-on = هل نتابع؟
button-agree = نعم، أوافق
button-disagree = لا، من دون حفظ أي شيء
not-agreed =
    لا بأس. لم يُحفظ أي شيء، ودعوتك لم تُستعمل بعد.

    إذا تغيّر رأيك خلال أيامها الثلاثة، يكفي فتح رابطها من جديد.

# $step and $steps: numbers
step = <i>السؤال { $step } من { $steps }</i>
ask-host =
    <b>ما منظمتك المضيفة؟</b>

    يقرأ إجاباتك ويتّخذ القرار فريق التنسيق فيها، أو إدارة الشبكة.
button-no-host = لا أنتمي إلى أيٍّ منها
unknown-host = لا أعرف منظمة مضيفة بهذا الاسم. يُرجى اختيار واحدة من هذه، أو «لا أنتمي إلى أيٍّ منها».
ask-reason =
    <b>ما سبب رغبتك في الانضمام؟</b>

    تكفي جملة أو جملتان، ليعرف فريق التنسيق من أنت. ومن دون تفاصيل قضايا، رجاءً.

# $name, $host, $city, $reason: the person’s answers
review-answers =
    <b>هذه إجاباتك.</b> هل كل شيء صحيح؟

    <b>الاسم:</b> { $name }
    <b>المنظمة المضيفة:</b> { $host }
    <b>بتوقيت:</b> { $city }
    <b>سبب الانضمام:</b> { $reason }
button-send-application = ✔ إرسال
button-change-host = تغيير المنظمة المضيفة
button-change-reason = تغيير سبب الانضمام
application-waiting =
    شكرًا لك. أُرسلت إجاباتك إلى فريق التنسيق.

    القرار له، ويصدر عادةً خلال بضعة أيام، وسأكتب إليك هنا. يمكن إغلاق المحادثة حتى ذلك الحين.

ask-withdraw =
    <b>سحب طلب انضمامك؟</b>

    تُمحى إجاباتك كلها فورًا. وللعودة تلزم دعوة جديدة.
button-withdraw-yes = نعم، السحب والمحو
button-keep-going = لا، المتابعة
withdrawn = سُحب طلبك، ومُحي كل ما يخصّك. وداعًا، ودمت بخير.
declined =
    لم يُقبل طلب انضمامك.

    كل ما أجبت به مُحي الآن. وإن كان في ظنّك أن في الأمر خطأً، يُرجى التحدّث إلى من وجّه إليك الدعوة.

# $name: the new member; $network: name of the network
welcome =
    أهلًا بك، { $name }. أنت الآن من الأعضاء.

    بداية حسنة: إلقاء نظرة على المواضيع، ومتابعة واحد منها أو اثنين. بعدها يصلك موجز واحد في اليوم على الأكثر، ولا شيء ليلًا.
owner-welcome =
    إدارة <b>{ $network }</b> بين يديك.

    بداية حسنة: فتح موضوع بالأمر { "\u2068" }/topic{ "\u2069" }، ودعوة أول شخص إلى فريق التنسيق بالأمر { "\u2068" }/invite{ "\u2069" }. وبعد قبول العضوية، يُسنَد دور التنسيق بالأمر { "\u2068" }/roles{ "\u2069" }.
choose-language = اختيار اللغة

## Kinds of delivery, in /outbox and in the file of /mydata: plain text, as few words as it takes.

delivery-application = إشعار بطلب انضمام
delivery-decision = رد على طلب انضمام

## What stands in the audit, and in the file of /mydata: plain text, as few words as it takes.

action-agreed = الموافقة على التنبيه
action-application-read = قراءة طلب انضمام
action-applications-listed = الاطلاع على قائمة طلبات الانضمام
action-applied = تقديم طلب انضمام
action-approved = قبول طلب انضمام
action-declined = رفض طلب انضمام
action-invite-revoked = إبطال دعوة
action-invited = إنشاء دعوة
action-owner-claimed = تولّي إدارة الشبكة برمز المشغّل
