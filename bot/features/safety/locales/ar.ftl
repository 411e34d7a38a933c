### Buddies, freezing an account, /panic. Whoever reads this may be in a hurry and afraid.

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.
button-buddies = أهل ثقتي
button-freeze = ❄️ تجميد الحساب …
button-panic = إيقاف كل شيء

## Commands, as Telegram lists them: at most 256 characters, no markup.
command-buddies = مَن يسهر على حسابك
command-freeze = تجميد حساب شخص في خطر
command-panic = إيقاف كل شيء في هذا الحساب فورًا

## Buddies

buddies = <b>أهل الثقة</b> عضوان من اختيارك. إذا وقع هاتفك في أيدٍ أخرى، يمكن لكليهما معًا، أو لأحدهما مع فريق التنسيق، تجميد حسابك: لا يُرسل إليه شيء بعدها، ومن يمسك به يرى شبكة فارغة.
buddies-none = لم تختر أحدًا بعد.
buddies-mine = يسهر على حسابك:
# $name: of the buddy
buddy-mine = • { $name }
# $when: date and time
buddy-leaves = • { $name }، حتى { $when }
buddy-link-open = • رابط لم يستعمله أحد بعد
buddies-theirs = في عهدتك حساب:
buddy-of = • { $name }
button-name-buddy = { "\u200F" }➕ اختيار شخص ثقة
button-end-buddy = استبعاد: { $name } …
button-keep-buddy = الإبقاء على { $name }
button-step-down = ترك حساب { $name } …
buddy-link =
    <b>رابط لشخص ثقة واحد.</b> يُرجى إيصاله إلى شخص تعرفه جيدًا، عبر قناة تثقان بها. من يفتحه يعلم أنك هنا، فلا يُرسل إلا إلى عضو. يعمل مرة واحدة، خلال ثلاثة أيام.

    أُبلغك عند الموافقة.
buddy-bad-link = هذا الرابط لا يعمل، أو لم يعد يعمل.
# $name: of the member whose account it is
ask-be-buddy =
    <b>هل توافق على السهر على حساب { $name }؟</b>

    إذا وقع اعتقال، أو ضاع الهاتف، يمكنك مع شخص ثانٍ تجميد الحساب بالأمر { "\u2068" }/freeze{ "\u2069" }. لا ترى شيئًا مما يُقرأ أو يُكتب فيه. يُستحسن الاتفاق مع { $name } على كلمة تدل على الأمان، وعلى شخص آخر يمكن الاتصال به.

    يمكنك التوقف في أي وقت، ويصل إلى { $name } إشعار بذلك. وللتمكّن من الوصول إليك ليلًا أيضًا، يمكن السماح بالرسائل العاجلة في { "\u2068" }/settings{ "\u2069" }.
button-be-buddy = نعم، من أجل { $name }
button-no-buddy = لا
buddy-agreed = <b>حساب { $name } في عهدتك الآن.</b> يُرسل إشعار بذلك.
ask-end-buddy =
    <b>استبعاد { $name }؟</b>

    يُرسل إشعار بذلك فورًا، ويبقى تجميد حسابك ممكنًا ثلاثة أيام أخرى، حتى لا يتمكن من يمسك بهاتفك من استبعاد أهل ثقتك. وحتى ذلك الحين يمكنك التراجع.
ask-end-buddy-link = <b>سحب الرابط؟</b> ينتهي في الحال.
button-end-buddy-yes = نعم، استبعاد
ask-step-down = <b>ترك السهر على حساب { $name }؟</b> يُرسل إشعار بذلك.
button-step-down-yes = نعم، تركه

## Freezing

freeze = <b>أي حساب هو المقصود؟</b>
freeze-nobody = لا حساب في عهدتك، ولا طلب ينتظرك هنا.
freeze-nobody-found = لا أجد في عهدتك أحدًا بهذا الاسم.
freeze-find = لشخص من منظمتك المضيفة: الأمر <code>/freeze</code> ثم جزء من الاسم.
# $name: of a member. A button: plain text.
freeze-line = { $name }
# The entry; $name: of the member
account = <b>حساب { $name }</b>
# $when: date and time
account-panic = { "\u200F" }⚠️ <b>استُعمل { "\u2068" }/panic{ "\u2069" } في { $when }.</b>
account-asked = طُلب تجميده في { $when }. يلزم شخص ثانٍ.
account-frozen = <b>مجمّد منذ { $when }.</b> لا يُرسل إليه شيء، ومن يمسك به يرى شبكة فارغة.
account-left = من يمسك به طلب في { $when } محو كل شيء، ورأى أن ذلك قد تم. لم يُمحَ شيء.
button-withdraw-vote = سحب طلبي
button-thaw = فتح الحساب من جديد …
ask-freeze =
    <b>تجميد حساب { $name }؟</b>

    يلزم اثنان: شخصان من أهل الثقة، أو شخص ثقة مع فريق التنسيق. يُسأل الآخرون الآن. وما إن يوافق الثاني حتى لا يُرسل شيء إلى الحساب، ويُزال ما هو مفتوح فيه، ويرى من يمسك به شبكة فارغة. لا يعلم بذلك إلا أنتما وإدارة الشبكة.
button-freeze-yes = نعم، تجميده: { $name }
freeze-noted = <b>طلبك محفوظ ثلاثة أيام.</b> يُجمّد حساب { $name } ما إن يوافق شخص ثانٍ. يُسأل الآخرون الآن، ويُستحسن الاتصال بأحدهم.
freeze-done = <b>حساب { $name } مجمّد.</b> يلزم لفتحه من جديد شخص من فريق التنسيق وشخص ثقة.
ask-thaw =
    <b>فتح حساب { $name } من جديد؟</b>

    فقط بعد التحدث مع { $name }، والتأكد من أن الهاتف ليس بيد أحد آخر. يلزم شخص من فريق التنسيق وشخص ثقة.
button-thaw-yes = نعم، فتحه: { $name }
thaw-noted = <b>طلبك محفوظ ثلاثة أيام.</b> إن كان حساب { $name } مجمّدًا، يُفتح ما إن يريد ذلك شخص من فريق التنسيق وشخص ثقة.
thaw-done = <b>فُتح حساب { $name } من جديد.</b> يبقى في استراحة حتى يصل جواب من { $name }.
no-account = لا يوجد حساب كهذا، أو ليس في عهدتك.
button-account = الحساب وأهل الثقة
thawed-you =
    <b>كان حسابك مجمّدًا، وفُتح من جديد.</b>

    خشي الساهرون عليه أن يكون هاتفك في يد شخص آخر. في هذه الأثناء لم يُرسل إليك شيء، ولم يُحفظ أو يُنفَّذ شيء مما كُتب أو ضُغط هنا.

    أنت في استراحة حتى تجيب. هل هذا أنت، ولا أحد غيرك أمام هذا الهاتف؟
button-its-me = نعم، هذا أنا: متابعة

## Panic

ask-panic =
    <b>إيقاف كل شيء؟</b>

    لا يُرسل إليك شيء بعدها، ويُزال ما هو مفتوح هنا، ويُبلَّغ أهل ثقتك. تمكن المتابعة لاحقًا بإنهاء الاستراحة.
button-panic-yes = نعم، الآن

## In the file of /mydata: plain text.

export-buddies = أهل الثقة
export-buddy-mine = { "\u200F" }{ $name }: يسهر على حسابك
export-buddy-theirs = في عهدتك حساب { $name }
# $when: date and time; $wants: what was wanted
export-freeze-vote =
    { $when }: { $wants ->
        [freeze] طلبت تجميد حساب { $name }
        [thaw] طلبت فتح حساب { $name } من جديد
       *[help] استعملت { "\u2068" }/panic{ "\u2069" } ({ $name })
    }

## Kinds of delivery, in /outbox and in the file of /mydata: plain text, as few words as it takes.

delivery-buddies = إشعار بشأن شخص ثقة
delivery-freeze = إشعار بشأن حساب في العهدة
delivery-thawed = إشعار بفتح الحساب من جديد

## What stands in the audit, and in the file of /mydata: plain text, as few words as it takes.

action-freeze-asked = طلب تجميد حساب
action-frozen = تجميد حساب
action-panic = استعمال { "\u2068" }/panic{ "\u2069" }
action-thaw-asked = طلب فتح حساب مجمّد
action-thawed = فتح حساب مجمّد
