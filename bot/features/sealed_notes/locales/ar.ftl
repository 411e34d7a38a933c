### Sealed notes: what coordinators note about people, and what members leave for an emergency.
### Nobody may think that the words are hidden while they are typed: Telegram and the bot see them at that moment.

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.
button-notes = الملاحظات المختومة
button-sealing = مفتاحي للملاحظات المختومة

## Commands, as Telegram lists them: at most 256 characters, no markup.
command-notes = الملاحظات المختومة عن الأشخاص
command-sealing = مفتاحك للملاحظات المختومة

# $length and $most: numbers of characters
sealed-too-long =
    هذا النص أطول مما يلزم: عدد أحرفه { $length }، والحد الأقصى { $most }.

    لم يُحفظ منه شيء، لكن الرسالة ما زالت في هذه المحادثة: يُرجى حذفها بعد اختصارها.

sealed-words-only = تُرجى كتابته نصًّا: لا يمكنني ختم صورة. لم يُحفظ منها شيء؛ وإن كان فيها ما هو حسّاس، يُرجى حذفها من هذه المحادثة.

## The key of a coordinator or an owner

sealing-none =
    <b>لا مفتاح لك بعد للملاحظات المختومة.</b>

    الملاحظات عن أصحاب طلبات الانضمام، وما يتركه الأعضاء لحالات الطوارئ، يمكن ختمها. عندئذ لا يستطيع هذا الجهاز قراءتها؛ وتمكنك قراءتها على حاسوبك أنت.
ask-sealing-key =
    <b>المطلوب مفتاحك العام.</b>

    على حاسوبك، يُكتب هذا الأمر: { "\u2068" }<code>halqa sealed keygen my-key</code>{ "\u2069" }. يظهر نص أوله { "\u2068" }<code>halqa-seal-1:</code>{ "\u2069" }. يُلصق هنا كاملًا، في رسالة واحدة.

    يبقى المفتاح الخاص في الملف { "\u2068" }my-key{ "\u2069" } ولا يصل إلى هنا أبدًا. ومن دون هذا الملف لا يستطيع أحد فتح ما خُتم لك، فتلزم نسخة منه في مكان آمن.
sealing = <b>الملاحظات تُختم لك.</b>
# $fingerprint: groups of digits; $when: date and time
sealing-key =
    بصمة مفتاحك: <b>{ $fingerprint }</b>
    مسجّل منذ { $when }
sealing-compare = تلزم مقارنتها بما يظهر على حاسوبك: { "\u2068" }<code>halqa sealed public my-key</code>{ "\u2069" }. فإن اختلفت، فالمفتاح سجّله شخص آخر: يُرجى استبداله وإبلاغ إدارة الشبكة.
button-replace-key = استبدال المفتاح
button-remove-key = إزالة المفتاح …
# $why: what is wrong with the text
sealing-key-unreadable =
    { $why ->
        [no-key] لا أجد هنا مفتاحًا عامًّا. أوله { "\u2068" }<code>halqa-seal-1:</code>{ "\u2069" }، ولا شيء قبله.
        [newer] هذا المفتاح من إصدار أحدث من إصداري. يُرجى إبلاغ القائمين على تشغيل هذا البوت.
        [cut] نهاية المفتاح ناقصة. يُرجى نسخه كاملًا، حتى الحرف الأخير.
       *[mistyped] تغيّر المفتاح في الطريق: فيه حرف خاطئ، أو بعده شيء زائد. يُرجى نسخه من جديد، كاملًا ومن دون أي شيء آخر.
    }
# $before and $after: fingerprints
ask-replace-key =
    <b>استبدال مفتاحك؟</b>

    حتى الآن: { $before }
    من الآن: <b>{ $after }</b>

    ما يُكتب من الآن يُختم للمفتاح الجديد. وما خُتم من قبل ما زال يحتاج إلى المفتاح الخاص القديم: يلزم الاحتفاظ بملفه.
button-replace-key-yes = نعم، استبداله
ask-remove-key =
    <b>إزالة مفتاحك؟</b>

    لن يُختم لك شيء بعد الآن حتى تسجيل مفتاح من جديد. وما خُتم من قبل يُفتح بمفتاحك الخاص كما كان: يلزم الاحتفاظ بملفه.
button-remove-key-yes = نعم، إزالته

## Notes about people

notes =
    { $count ->
        [0] <b>لا ملاحظات مختومة عن أحد ممن هم في عهدتك.</b>
        [one] <b>توجد ملاحظات مختومة عن شخص واحد.</b>
        [two] <b>توجد ملاحظات مختومة عن شخصين.</b>
        [few] <b>توجد ملاحظات مختومة عن { $count } أشخاص.</b>
        [many] <b>توجد ملاحظات مختومة عن { $count } شخصًا.</b>
       *[other] <b>توجد ملاحظات مختومة عن { $count } شخص.</b>
    }
notes-find = للعثور على شخص، يُرسل الأمر { "\u2068" }<code>/notes</code>{ "\u2069" } وبعده جزء من الاسم.
# $name: of a person; $number: of notes. On a button: plain text.
note-line = { "\u200F" }{ $name } ({ $number })
notes-of = <b>الملاحظات المختومة عن { $name }</b>
note-count =
    { $count ->
        [0] لا ملاحظة مختومة عن هذا الشخص.
        [one] توجد ملاحظة مختومة واحدة عن هذا الشخص.
        [two] توجد ملاحظتان مختومتان عن هذا الشخص.
        [few] توجد { $count } ملاحظات مختومة عن هذا الشخص.
        [many] توجد { $count } ملاحظة مختومة عن هذا الشخص.
       *[other] توجد { $count } ملاحظة مختومة عن هذا الشخص.
    }
notes-mine =
    { $count ->
        [0] مفتاحك الحالي لا يفتح أيًّا منها.
        [one] مفتاحك الحالي يفتح واحدة منها.
        [two] مفتاحك الحالي يفتح اثنتين منها.
        [few] مفتاحك الحالي يفتح { $count } منها.
        [many] مفتاحك الحالي يفتح { $count } منها.
       *[other] مفتاحك الحالي يفتح { $count } منها.
    }
button-write-note = ✏️ كتابة ملاحظة مختومة
button-notes-of = الملاحظات المختومة
button-get-notes = تسلّم الملاحظات المختومة
button-remove-notes = إزالة ما كتبتُه …
# $name: of the person; $count: of notes
ask-remove-notes =
    { $count ->
        [0] <b>لا ملاحظات لك عن { $name }.</b>
        [one] <b>إزالة ملاحظتك عن { $name }؟</b>
        [two] <b>إزالة ملاحظتيك عن { $name }؟</b>
        [few] <b>إزالة ملاحظاتك عن { $name }، وعددها { $count }؟</b>
        [many] <b>إزالة ملاحظاتك عن { $name }، وعددها { $count }؟</b>
       *[other] <b>إزالة ملاحظاتك عن { $name }، وعددها { $count }؟</b>
    }

    لا رجعة في ذلك. تبقى ملاحظات الآخرين، وكذلك الملفات التي سبق حفظها.
button-remove-notes-yes = نعم، إزالة ما كتبتُه
write-note =
    <b>ملاحظتك عن { $name }.</b> تُكتب الآن في رسالة واحدة. تُختم في الحال، وأزيل رسالتك من هذه المحادثة.

    بعد ذلك لا تمكن قراءتها هنا لأحد، ولا لك: تُفتح بمفتاح خاص، على حاسوب من يملكه. يراها تيليغرام وهذا الجهاز مرة واحدة، عند الإرسال. لذلك يُكتفى بما يلزم، من دون تفاصيل قضايا.

    وتبقى إذا غادرت الشبكة، من دون اسمك.
note-readers = يمكن أن يفتحها:
note-reader = { "\u200F" }• { $name }
note-no-key =
    <b>لا يمكن ختم شيء بعد.</b>

    لم يُسجَّل مفتاح لأي ممن يبتّون في هذا الطلب. يبيّن الأمر { "\u2068" }/sealing{ "\u2069" } كيف؛ ويستغرق ذلك بضع دقائق على حاسوب.
note-sealed = <b>خُتمت.</b> أزيل الآن رسالتك من هذه المحادثة. إن بقيت بعد دقيقة، يُرجى حذفها يدويًّا.
no-notes = لا يوجد شخص كهذا هنا، أو ليس في عهدتك.
notes-file =
    { $count ->
        [0] لا ملاحظات مختومة.
        [one] ملاحظة مختومة واحدة.
        [two] ملاحظتان مختومتان.
        [few] { $count } ملاحظات مختومة.
        [many] { $count } ملاحظة مختومة.
       *[other] { $count } ملاحظة مختومة.
    } للقراءة: يُحفظ الملف على الحاسوب الذي فيه مفتاحك الخاص، ثم يُكتب هذا الأمر: { "\u2068" }<code>halqa sealed open sealed.txt --key my-key</code>{ "\u2069" }.

    يغادر الملف هذه المحادثة بعد حين. ويُرجى حذف النسخة المحفوظة حين لا تعود لازمة.

## What a member leaves for an emergency

button-contact = لحالات الطوارئ
contact =
    <b>لحالات الطوارئ</b>

    إذا حدث لك شيء، فقد يحتاج من يبحث عنك إلى اسمك الحقيقي، وإلى شخص يتصل به. يمكن ترك ذلك هنا مختومًا: لا أستطيع قراءته بعدها، ولا يراه الأعضاء.
contact-readers =
    { $count ->
        [0] لا أحد يمكنه فتحه.
        [one] يمكن أن يفتحه شخص واحد، على حاسوبه الخاص: من فريق التنسيق في منظمتك المضيفة، أو من إدارة الشبكة.
        [two] يمكن أن يفتحه شخصان، كلٌّ على حاسوبه الخاص: من فريق التنسيق في منظمتك المضيفة، ومن إدارة الشبكة.
        [few] يمكن أن يفتحه { $count } أشخاص، كلٌّ على حاسوبه الخاص: من فريق التنسيق في منظمتك المضيفة، ومن إدارة الشبكة.
        [many] يمكن أن يفتحه { $count } شخصًا، كلٌّ على حاسوبه الخاص: من فريق التنسيق في منظمتك المضيفة، ومن إدارة الشبكة.
       *[other] يمكن أن يفتحه { $count } شخص، كلٌّ على حاسوبه الخاص: من فريق التنسيق في منظمتك المضيفة، ومن إدارة الشبكة.
    }
contact-not-set-up = هذا غير متاح بعد: لم يُسجَّل له مفتاح لأحد من فريق التنسيق في منظمتك المضيفة. لاستعماله، يُرجى التحدّث إلى شخص معروف لديك من فريق التنسيق.
contact-none = لا شيء محفوظ لك هنا.
# $when: date and time
contact-since = ما تركته يوم { $when } محفوظ. لا أستطيع عرضه من جديد، لكن يمكن استبداله أو إزالته.
button-write-contact = ترك معلومات
button-replace-contact = استبداله
button-remove-contact = إزالته …
ask-contact =
    <b>تُكتب الآن في رسالة واحدة:</b> اسمك الحقيقي، ومن يُتصل به، ورقمه، ولغته. يُرجى أخذ موافقته أولًا.

    تُختم في الحال، وأزيل رسالتك من هذه المحادثة. يراها تيليغرام وهذا الجهاز مرة واحدة، عند الإرسال. وإن كان هذا أكثر مما ينبغي، فالأفضل قول ذلك مباشرة لشخص من فريق التنسيق.
contact-sealed = <b>خُتمت.</b> أزيل الآن رسالتك من هذه المحادثة. إن بقيت بعد دقيقة، يُرجى حذفها يدويًّا.
ask-remove-contact = <b>إزالة ما تركته لحالات الطوارئ؟</b> لا رجعة في ذلك؛ وتمكن كتابته من جديد.
button-remove-contact-yes = نعم، إزالته
contact-removed = أُزيل ما تركته لحالات الطوارئ.

## In the file of /mydata: plain text.

export-sealing-key = بصمة مفتاحك للملاحظات المختومة

## The notice of a new key

# $name: of its holder; $fingerprint: groups of digits
key-news =
    <b>مفتاح جديد للملاحظات المختومة: { $name }</b>

    البصمة: <b>{ $fingerprint }</b>

    ما يُختم منك من الآن يمكن فتحه بهذا المفتاح. ويُستحسن، إن أمكن، مقارنة البصمة مع صاحب المفتاح بطريقة أخرى غير هذه المحادثة.
key-news-over = لم يعد هناك ما يُقارن.

## Kinds of delivery, in /outbox and in the file of /mydata: plain text, as few words as it takes.

delivery-sealing-key = إشعار بمفتاح للملاحظات المختومة

## What stands in the audit, and in the file of /mydata: plain text, as few words as it takes.

action-contact-removed = إزالة معلومات حالات الطوارئ
action-contact-sealed = ترك معلومات لحالات الطوارئ
action-sealed-note-written = كتابة ملاحظة مختومة
action-sealed-notes-fetched = تسلّم الملاحظات المختومة
action-sealed-notes-removed = إزالة ملاحظات مختومة
action-sealing-key-removed = إزالة مفتاح الملاحظات المختومة
action-sealing-key-set = تسجيل مفتاح الملاحظات المختومة
