### What every part of the bot says. Telegram HTML: <b>, <i>, <code> and <blockquote> may be used, nothing else.
### A variable is escaped and isolated before it stands in a sentence.
### 
### Nobody is addressed as a man or as a woman: verbal nouns, the passive, and suffixes that are written alike for both.
### So coordinators are «فريق التنسيق», owners «إدارة الشبكة», and a request is approved rather than a person.
### \u2068 and \u2069 stand around what is typed in Latin letters or digits, or the bidi algorithm puts the slash of a command
### behind its name and turns 22-7 into 7-22. They are outside of <code>, whose content is copied as it is.
### \u200F begins a line that holds nothing but names, dates and marks, so that it is laid out from the right like the others.
### Arrows are not mirrored by the bidi algorithm: on a right-to-left screen → leads back and ← leads on.
name-looks-alike = ⚠️ <b>هذا الاسم يشبه اسمًا في فريق التنسيق أو في إدارة هذه الشبكة.</b> قد تتشابه الحروف في الشكل وهي مختلفة. يُرجى التحقق من الهوية بطريق غير هذه المحادثة قبل اتخاذ أي قرار.

# $network: name of the network
home =
    { "\u200F" }<b>{ $network }</b>

    بماذا نبدأ؟
home-paused = أنت في استراحة: لن يُرسل إليك شيء حتى إنهائها.

greeting =
    مرحبًا. أنا بوت للأعضاء فقط.

    إذا وصلتك دعوة من أحد، يُرجى فتح رابطها. وإن كانت هناك أزرار في أعلى هذه المحادثة فالمتابعة منها. وفي غير ذلك لا يوجد ما يمكن فعله هنا، ولا أحفظ عنك أي شيء.

# $controller: a name; $contact: an address
responsible = <b>الجهة المسؤولة:</b> { $controller }. للتواصل: { $contact }
responsible-unnamed = <b>الجهة المسؤولة:</b> القائمون على تشغيل هذا البوت. يمكن لمن يعرف الشبكة، كمن أرسل الدعوة، أن يدلّ على طريقة الوصول إليهم.

# A number of people, as a part of a sentence
fewer-than-ten = أقل من 10

# What stays of a screen whose time is over.
blank = أُغلقت. يمكن المتابعة من هنا في أي وقت.
knock = هناك ما ينتظرك هنا.

expired = هذا الزر استُعمل من قبل، أو صار قديمًا. لم يضع شيء: تمكن المتابعة من هنا.
unknown-command = لا أعرف هذا الأمر. لمعرفة ما يمكنني فعله: { "\u2068" }/help{ "\u2069" }.
did-not-understand = لم أكن أنتظر نصًّا الآن، ولم أحفظ منه شيئًا. ما المطلوب؟
cannot-take-that = لا يمكنني استقبال هذا. يُرجى إرساله نصًّا، أو إرسال صورة تحتها بضع كلمات، كصورة لا كملف، فالملف قد يكشف أين ومتى وبأي جهاز التُقطت. لم يُحفظ منه شيء؛ وإن كان فيه ما هو حسّاس، يُرجى حذفه من هذه المحادثة أيضًا.
edits-are-not-seen = وصلني تعديل لرسالة سابقة. لا أتابع التعديلات: يُرجى إرسال الكلام الجديد في رسالة جديدة.
only-first-hand = لا أقبل الأوامر إلا مكتوبة هنا مباشرة، لا محوّلة ولا عبر بوت آخر. لم يُنفَّذ شيء.
only-in-private = أتحدّث على انفراد فقط، لا في المجموعات. يُرجى الكتابة إليّ هنا.

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
        [frozen] عضوية حسابها مجمّد
       *[declined] طلب انضمام لم يُقبل
    }
no-host = لا توجد
unreadable-host = منظمة لم يعد اسمها مقروءًا

bot-description =
    مكان يواصل فيه أعضاء شبكةٍ حديثهم بين لقاء وآخر.

    للعلم قبل كتابة أي شيء: بوتات تيليغرام غير مشفّرة من طرف إلى طرف. لا مكان هنا لتفاصيل القضايا.

    إذا كانت لديك دعوة، يُرجى فتح رابطها.
bot-short-description = لأعضاء شبكة. بالدعوة فقط.

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.
button-back = → رجوع
button-open = فتح
button-close = إغلاق
button-next-page = الصفحة التالية ←
button-previous-page = → الصفحة السابقة
# $number: counts the photos of a page
button-photo = 📷 الصورة { $number }

# $title: of a topic
digest-topic = { "\u200F" }<b>▪ { $title }</b>
# $name: of the author; $when: date and time
post-heading = { "\u200F" }<b>{ $name }</b> <code>{ $mark }</code> · <i>{ $when }</i>
post-heading-alike = { "\u200F" }⚠️ <i>ليس من فريق التنسيق من له اسم يشبه هذا</i>
# $former, $name: of a member; $when: date and time
renamed-since = { "\u200F" }<i>تغيّر الاسم من { $former } إلى { $name }: { $when }.</i>
# $number: of the button that shows it
post-has-photo = 📷 <i>الصورة { $number }</i>
button-unpause = إنهاء الاستراحة
unknown-zone = لا أعرف هذه المدينة. يُرجى كتابة أقرب مدينة كبيرة، أو شيء مثل <i>{ "\u2068" }UTC+2{ "\u2069" }</i>.
# $cities: a list of cities
unknown-zone-did-you-mean = لا أعرف هذه المدينة. هل المقصود: { $cities }؟
button-write-again = كتابته من جديد
# $by: an instant
receipt-backups = النسخ الاحتياطية: ما بقي عنك في النسخ التي أحتفظ بها يزول منها قبل { $by }. وإلى ذلك الحين، وفي أي نسخة نُقلت إلى مكان آخر، يستطيع من يملك مفتاح الشبكة أن يعرف أن شخصًا من منظمتك كان هنا ومتى كتب، لا من هو.
