### For coordinators and owners.

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
name-looks-alike = ⚠️ <b>هذا الاسم يشبه اسمًا في فريق التنسيق أو في إدارة هذه الشبكة.</b> قد تتشابه الحروف في الشكل وهي مختلفة. يُرجى التحقق من الهوية بطريق غير هذه المحادثة قبل اتخاذ أي قرار.
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

members =
    { $count ->
        [0] <b>لا أعضاء هنا بعد.</b>
        [one] <b>عضو واحد</b>
        [two] <b>عضوان</b>
        [few] <b>{ $count } أعضاء</b>
        [many] <b>{ $count } عضوًا</b>
       *[other] <b>{ $count } عضو</b>
    }
# $name, $role: of a member. Also on a button: plain text.
member-line =
    { $role ->
        [owner] { "\u200F" }{ $name } (إدارة الشبكة)
        [coordinator] { "\u200F" }{ $name } (التنسيق)
       *[member] { "\u200F" }{ $name }
    }
member-line-alike = { "\u200F" }⚠️ { $member } – اسم يشبه اسمًا في فريق التنسيق

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
ask-approve =
    <b>قبول طلب { $name }؟</b>

    سيتاح لمن أرسل الطلب قراءة كل المواضيع والكتابة فيها. يُقبل فقط طلب شخص معروف لديك، أو لدى شخص موثوق.
button-approve-yes = نعم، قبول { $name }
no-inviter = رمز البداية، أو شخص غادر الشبكة
ask-role-no-host = للعلم: لا منظمة مضيفة لهذا الشخص، فلن يرى أي طلب انضمام.

# What stands in the audit, in as few words as it takes; also in the file of what is held about somebody: plain text.
audit-action =
    { $action ->
        [locked] قُفل البوت
        [agreed] الموافقة على التنبيه
        [applied] تقديم طلب انضمام
        [approved] قبول طلب انضمام
        [declined] رفض طلب انضمام
        [owner-claimed] تولّي إدارة الشبكة برمز المشغّل
        [invited] إنشاء دعوة
        [invite-revoked] إبطال دعوة
        [application-read] قراءة طلب انضمام
        [members-listed] الاطلاع على قائمة الأعضاء
        [renamed] تغيير الاسم
        [posted] كتابة منشور
        [post-taken-back] سحب منشور
        [topic-opened] فتح موضوع
        [topic-closed] إغلاق موضوع
        [topic-reopened] إعادة فتح موضوع
        [made-member] الاكتفاء بالعضوية
        [made-coordinator] إسناد دور التنسيق
        [made-owner] إسناد دور الإدارة
        [applications-listed] الاطلاع على قائمة طلبات الانضمام
        [member-read] الاطلاع على بيانات عضو
        [audit-read] الاطلاع على السجل
        [host-added] إضافة منظمة مضيفة
        [audit-begun] بدء السجل من جديد
        [announcement-asked] طلب الموافقة على إعلان
        [announcement-approved] الموافقة على إعلان
        [announcement-returned] إعادة إعلان
        [announcement-changed] تغيير إعلان بعد عرضه على غير كاتبه
        [announced] إرسال إعلان
        [announcement-halted] إيقاف إعلان
        [announcement-resumed] متابعة إعلان بعد إيقافه
        [removed] إزالة عضوية تعذّر الوصول إليها
        [outbox-read] الاطلاع على رسائل غير مؤكدة
        [sent-again] إرسال رسالة غير مؤكدة من جديد
        [message-dropped] ترك رسالة غير مؤكدة كما هي
        [sealing-key-set] تسجيل مفتاح الملاحظات المختومة
        [sealing-key-removed] إزالة مفتاح الملاحظات المختومة
        [sealed-note-written] كتابة ملاحظة مختومة
        [sealed-notes-fetched] تسلّم الملاحظات المختومة
        [sealed-notes-removed] إزالة ملاحظات مختومة
        [contact-sealed] ترك معلومات لحالات الطوارئ
        [contact-removed] إزالة معلومات حالات الطوارئ
        [keys-rotated] تجديد المفتاح الرئيسي
       *[erased] محو
    }

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
button-remove = إزالة { $name } …
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
# A kind of message, in few words; also on a button: plain text.
outbox-kind =
    { $kind ->
        [resume] إشعار بضياع رد
        [application] إشعار بطلب انضمام
        [decision] رد على طلب انضمام
        [role] إشعار بدور
        [post] إشعار بمنشور
        [digest] إشعار بموجز
        [unreachable] سؤال عن عضوية
        [announcement] إعلان
        [close] شاشة تُغلق
        [digest-close] موجز يُغلق
       *[other] رسالة
    }
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
