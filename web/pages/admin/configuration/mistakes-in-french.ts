// What the check says, in French. The centre says it in English, for logs and commands as well; here each half of it (what
// is wrong, how to mend it) is known by its form. A test holds every kind of mistake to this list.

type Form = readonly [english: RegExp, french: string];

const VALUE_FORMS: Readonly<Record<string, string>> = {
  'lower case letters, digits, _ and -, at most 32, a letter first':
    'des minuscules, des chiffres, _ et -, 32 au plus, une lettre d’abord',
  'lower case letters, digits and -, at most 32, a letter first':
    'des minuscules, des chiffres et -, 32 au plus, une lettre d’abord',
  'lower case letters, digits and _, at most 32, a letter first':
    'des minuscules, des chiffres et _, 32 au plus, une lettre d’abord',
  'lower case letters, digits and _, at most 32': 'des minuscules, des chiffres et _, 32 au plus',
  'a number in E.164 form, such as "+16135550100", in quotes':
    'un numéro au format E.164, comme "+16135550100", entre guillemets',
  'digits only, in quotes': 'des chiffres seulement, entre guillemets',
  'digits, perhaps with a plus in front, in quotes':
    'des chiffres, avec un plus devant au besoin, entre guillemets',
  'the name of a file without .wav: lower case letters, digits, _ and -, at most 64':
    'le nom d’un fichier sans .wav\u00a0: minuscules, chiffres, _ et -, 64 au plus',
  'a country as two capital letters, such as CA or US': 'un pays en deux majuscules, comme CA ou US',
  '"711", or a number in E.164 form, such as "+18005550111", in quotes':
    '"711", ou un numéro au format E.164, comme "+18005550111", entre guillemets',
  'an address that begins with https://, such as "https://login.example.ca"':
    'une adresse qui commence par https://, comme "https://login.example.ca"',
  'a date such as 2019-04-17, or a local date and time such as 2019-04-17T07:00':
    'une date comme 2019-04-17, ou une date et une heure locales comme 2019-04-17T07:00',
  'a span of 24-hour times in quotes, such as "07:00-19:00" (an end may be "24:00")':
    'une plage d’heures sur 24 heures entre guillemets, comme "07:00-19:00" (une fin peut être "24:00")',
  'a date as year-month-day, such as 2019-12-24': 'une date en année-mois-jour, comme 2019-12-24',
  'the name of an environment variable: capitals, digits and _, such as RAPPEL_SMTP_PASSWORD':
    'le nom d’une variable d’environnement\u00a0: majuscules, chiffres et _, comme RAPPEL_SMTP_PASSWORD',
  'an address as https://host/path, without a user or password in it':
    'une adresse comme https://hôte/chemin, sans utilisateur ni mot de passe',
  'the name of an HTTP header': 'le nom d’un en-tête HTTP',
  'a month, such as "2021-03", in quotes': 'un mois, comme "2021-03", entre guillemets',
  'a year, month or day, such as "2019", "2019-03" or "2019-03-31", in quotes':
    'une année, un mois ou un jour, comme "2019", "2019-03" ou "2019-03-31", entre guillemets',
  'the id of a figure, such as answer_rate; docs/glossary.md lists them':
    'l’identifiant d’un chiffre, comme answer_rate; docs/glossary.md les énumère',
  'a whole number': 'un nombre entier',
  'a number': 'un nombre',
  'a list': 'une liste',
  'a set of keys': 'un ensemble de clés',
  'true or false': 'true ou false',
  'a text, in quotes': 'un texte, entre guillemets',
};

/** `the value` stands where a value is nobody's to see. */
const FORMS: readonly Form[] = [
  [/^(.+) is too small$/, '$1 est trop petit'],
  [/^(.+) is too large$/, '$1 est trop grand'],
  [/^give (\S+) or more$/, 'donnez $1 ou plus'],
  [/^give more than (\S+)$/, 'donnez plus que $1'],
  [/^give (\S+) or less$/, 'donnez $1 ou moins'],
  [/^is not a known key$/, 'n’est pas une clé connue'],
  [/^remove it, or correct its spelling$/, 'retirez-la, ou corrigez son orthographe'],
  [/^the key "(.+)" is missing$/, 'la clé "$1" manque'],
  [/^add it$/, 'ajoutez-la'],
  [/^(.+) is not allowed$/, '$1 n’est pas permis'],
  [/^use one of (.+)$/, 'utilisez l’un de\u00a0: $1'],
  [/^write (.+), or remove the key$/, 'écrivez $1, ou retirez la clé'],
  [/^(.+) has the wrong type$/, '$1 n’est pas du bon type'],
  [/^(.+) has the wrong form$/, '$1 n’a pas la bonne forme'],
  [/^an item stands twice$/, 'un élément figure deux fois'],
  [/^remove one$/, 'retirez-en un'],
  [/^nothing is named here$/, 'rien n’est nommé ici'],
  [/^name at least (\S+)$/, 'nommez-en au moins $1'],
  [/^the list is too short$/, 'la liste est trop courte'],
  [/^the list is too long$/, 'la liste est trop longue'],
  [/^the text is too short$/, 'le texte est trop court'],
  [/^the text is too long$/, 'le texte est trop long'],
  [
    /^give at least (\S+), or remove the key if it may be$/,
    'donnez-en au moins $1, ou retirez la clé si elle peut l’être',
  ],
  [/^give at least (\S+) characters$/, 'donnez au moins $1 caractères'],
  [/^give at most (\S+) characters$/, 'donnez au plus $1 caractères'],
  [/^give at most (\S+)$/, 'donnez-en au plus $1'],
  [/^does not have the right shape$/, 'n’a pas la bonne forme'],
  [/^compare it with the schema$/, 'comparez avec le schéma'],
  [/^is empty$/, 'est vide'],
  [/^write what it is to hold$/, 'écrivez ce qu’il doit contenir'],
  [/^a sample is in (\S+)$/, 'un modèle se trouve dans $1'],
  [/^this key stands twice$/, 'cette clé figure deux fois'],
  [/^remove one of the two$/, 'retirez l’une des deux'],
  [/^mend the YAML there$/, 'corrigez le YAML à cet endroit'],
  [/^write the values out instead of the alias$/, 'écrivez les valeurs au lieu de l’alias'],
  [/^an alias stands inside of what it repeats$/, 'un alias se trouve à l’intérieur de ce qu’il répète'],
  [/^(".+") is no time zone$/, '$1 n’est pas un fuseau horaire'],
  [/^use a name of the IANA database, such as (\S+)$/, 'utilisez un nom de la base de l’IANA, comme $1'],
  [/^this (\S+) stands twice$/, '« $1 » figure deux fois'],
  [/^give each its own$/, 'donnez à chacun le sien'],
  [/^this number leads somewhere already$/, 'ce numéro mène déjà quelque part'],
  [/^remove it from one of the two$/, 'retirez-le de l’un des deux'],
  [/^no number leads to this line$/, 'aucun numéro ne mène à ce secteur'],
  [/^give it numbers, or remove direct$/, 'donnez-lui des numéros, ou retirez direct'],
  [/^(".+") is not a language of the centre$/, '$1 n’est pas une langue du centre'],
  [/^add it to languages, or use another$/, 'ajoutez-la à languages, ou utilisez-en une autre'],
  [/^add it under languages, or remove it here$/, 'ajoutez-la sous languages, ou retirez-la ici'],
  [/^keep one of the two$/, 'gardez l’un des deux'],
  [/^no day is given, so it never opens$/, 'aucun jour n’est donné, donc il n’ouvre jamais'],
  [/^add weekdays, everyDay or a day$/, 'ajoutez weekdays, everyDay ou un jour'],
  [/^(".+") begins and ends at once$/, '$1 commence et finit en même temps'],
  [
    /^give it an end, or "00:00-24:00" for all day$/,
    'donnez-lui une fin, ou "00:00-24:00" pour toute la journée',
  ],
  [/^(".+") overlaps another span$/, '$1 chevauche une autre plage'],
  [/^let one end where the other begins$/, 'faites finir l’une où l’autre commence'],
  [/^says nothing without holidays$/, 'ne dit rien sans jours fériés'],
  [/^add "holidays: canada", or remove it$/, 'ajoutez «\u00a0holidays: canada\u00a0», ou retirez-la'],
  [
    /^must say either "closed: true" or "open"$/,
    'doit dire «\u00a0closed: true\u00a0» ou «\u00a0open\u00a0»',
  ],
  [/^write one of the two$/, 'écrivez l’un des deux'],
  [/^(".+") is no date of the calendar$/, '$1 n’est pas une date du calendrier'],
  [/^correct the date$/, 'corrigez la date'],
  [/^(\S+) is what every place has$/, '$1 est ce que tout rang a'],
  [/^give another$/, 'donnez-en une autre'],
  [/^this (\S+) and (\S+) stand twice$/, '« $1 » et « $2 » figurent deux fois ensemble'],
  [/^(".+") does not come after the phase before$/, '$1 ne vient pas après la phase précédente'],
  [/^put them in order$/, 'mettez-les dans l’ordre'],
  [/^a pause has neither share nor perDayMax$/, 'une pause n’a ni share ni perDayMax'],
  [/^remove them, or the pause$/, 'retirez-les, ou la pause'],
  [/^finish needs its limit$/, 'finish demande sa limite'],
  [/^add finishS, in seconds after closing$/, 'ajoutez finishS, en secondes après la fermeture'],
  [/^says nothing where pending is (\S+)$/, 'ne dit rien où pending est $1'],
  [/^remove it, or choose "pending: (\S+)"$/, 'retirez-la, ou choisissez «\u00a0pending: $1\u00a0»'],
  [/^there are (\d+) agents$/, 'il y a $1 agents'],
  [/^with its number it is over (\d+) characters$/, 'avec son numéro, il dépasse $1 caractères'],
  [/^shorten it$/, 'raccourcissez-le'],
  [/^there is no line (".*")$/, 'il n’y a pas de secteur $1'],
  [/^the agent does not serve (\S+) in (\S+)$/, 'l’agent ne sert pas $1 en $2'],
  [
    /^add both to its lines and languages, or remove the skill$/,
    'ajoutez les deux à ses secteurs et langues, ou retirez la compétence',
  ],
  [/^stands beside shifts$/, 'se trouve à côté de shifts'],
  [/^add it under shifts$/, 'ajoutez-le sous shifts'],
  [/^there are no shifts (".*")$/, 'il n’y a pas de quarts $1'],
  [/^(".+") is the id of another webhook too$/, '$1 est aussi l’identifiant d’un autre webhook'],
  [/^messages\.(\S+) is not set$/, 'messages.$1 n’est pas défini'],
  [/^set it, or take this message out of send$/, 'définissez-le, ou retirez ce message de send'],
  [
    /^has a link in it, and messages\.linkBase is not set$/,
    'contient un lien, et messages.linkBase n’est pas défini',
  ],
  [/^set it, or give a text without$/, 'définissez-le, ou donnez un texte sans lien'],
  [/^is there twice$/, 'figure deux fois'],
  [/^(\{\S+\}) stands nowhere in it$/, '$1 n’y figure nulle part'],
  [
    /^put it where the gateway wants it, in body or url$/,
    'mettez-le où la passerelle le veut, dans body ou url',
  ],
  [/^a GET request has no body$/, 'une requête GET n’a pas de corps'],
  [/^put what it needs into url, or use POST$/, 'mettez ce qu’il faut dans url, ou utilisez POST'],
  [/^has both (\S+) and (\S+)$/, 'a à la fois $1 et $2'],
  [/^does not say where its secret is$/, 'ne dit pas où est son secret'],
  [/^add (\S+) \(an environment variable\) or (\S+)$/, 'ajoutez $1 (une variable d’environnement) ou $2'],
  [
    /^(?:webhook (\S+)|messages: (\S+)): the environment variable (\S+) is not set$/,
    '$1$2\u00a0: la variable d’environnement $3 n’est pas définie',
  ],
  [/^set it and start again$/, 'définissez-la et relancez le centre'],
  [/^(?:webhook (\S+)|messages: (\S+)): (.+) can be read by others$/, '$1$2\u00a0: d’autres peuvent lire $3'],
  [/^chmod 600 (.+)$/, 'chmod 600 $1'],
  [
    /^(?:webhook (\S+)|messages: (\S+)): (.+) cannot be read \((\w+)\)$/,
    '$1$2\u00a0: $3 ne peut être lu ($4)',
  ],
  [/^(?:webhook (\S+)|messages: (\S+)): (.+) is empty$/, '$1$2\u00a0: $3 est vide'],
  [/^write the secret into it$/, 'écrivez-y le secret'],
  [
    /^write the secret into it, readable by this user$/,
    'écrivez-y le secret, lisible par le compte qui exécute le centre',
  ],
  [
    /^webhook (\S+): what (\S+) holds is no webhook secret$/,
    '$1\u00a0: ce que contient $2 n’est pas un secret de webhook',
  ],
  [
    /^write whsec_ and 24 to 64 bytes in base64, at most four of them$/,
    'écrivez whsec_ et de 24 à 64 octets en base64, au plus quatre fois',
  ],
  [
    /^it comes to (\d+) bytes with all hours worked out, and (\d+) are the most$/,
    'le tout fait $1 octets, heures calculées, et $2 est le maximum',
  ],
  [
    /^give fewer lines, exceptions or shifts$/,
    'donnez moins de secteurs, de jours particuliers ou de quarts',
  ],
  [/^(".+") is not an address$/, '$1 n’est pas une adresse'],
  [/^give one as https:\/\/host\/path$/, 'donnez-en une comme https://hôte/chemin'],
  [/^is without TLS$/, 'est sans TLS'],
  [
    /^use https, or set allowPrivate for a server of your own network$/,
    'utilisez https, ou activez allowPrivate pour un serveur de votre réseau',
  ],
  [
    /^is, or begins as, an emergency number, which is never dialled$/,
    'est un numéro d’urgence, ou commence comme lui; il n’est jamais composé',
  ],
  [/^is a short service number$/, 'est un numéro de service abrégé'],
  [/^of those only 711 reaches a relay service$/, 'parmi ceux-là, seul le 711 joint un service de relais'],
  [/^is paid by the minute$/, 'est facturé à la minute'],
  [/^is neither 711 nor a whole telephone number$/, 'n’est ni le 711 ni un numéro de téléphone entier'],
  [/^give the number of a relay service$/, 'donnez le numéro d’un service de relais'],
  [/^is a service number, which is never dialled$/, 'est un numéro de service; il n’est jamais composé'],
  [/^is no whole telephone number$/, 'n’est pas un numéro de téléphone entier'],
  [/^is a number that does not exist$/, 'est un numéro qui n’existe pas'],
  [/^is neither a fixed nor a mobile number$/, 'n’est ni un numéro fixe ni un numéro mobile'],
  [
    /^give the ordinary number of that party$/,
    'donnez le numéro ordinaire de cette personne ou de ce service',
  ],
  [/^is a number of ([A-Z]{2}), which is not called$/, 'est un numéro du pays $1, qui n’est pas appelé'],
  [
    /^add it to numbers\.regions, or give another$/,
    'ajoutez ce pays à numbers.regions, ou donnez un autre numéro',
  ],
  [/^is a (fixed|mobile) number, which is not called$/, 'est un numéro d’un genre ($1) qui n’est pas appelé'],
  [
    /^add the kind to numbers\.kinds, or give another$/,
    'ajoutez ce genre à numbers.kinds, ou donnez un autre numéro',
  ],
  [/^is a number of this centre$/, 'est un numéro de ce centre'],
  [/^there is no figure (".+")$/, 'il n’y a pas de chiffre $1'],
  [/^docs\/glossary\.md lists them$/, 'docs/glossary.md les énumère'],
  [/^neither more nor less of it is better$/, 'ni plus ni moins n’en est meilleur'],
  [/^set a target for another figure$/, 'fixez une cible à un autre chiffre'],
  [/^is a share above 1$/, 'est une part supérieure à 1'],
  [/^write 0\.5 for 50 %$/, 'écrivez 0.5 pour 50\u00a0%'],
  [/^there is no value (".+")$/, 'il n’y a pas de valeur $1'],
  [/^add it under values, or remove the braces$/, 'ajoutez-la sous values, ou retirez les accolades'],
  [/^does not say the value (".+")$/, 'ne dit pas la valeur $1'],
  [/^write (\{.+\}) where it belongs, in both languages$/, 'écrivez $1 où il faut, dans les deux langues'],
  [/^there is no folder of recordings$/, 'il n’y a pas de dossier d’enregistrements'],
  [
    /^add recordings, the folder that has it, or remove the key$/,
    'ajoutez recordings, le dossier qui le contient, ou retirez la clé',
  ],
  [/^the folder (.+) has a comma, & or \| in its name$/, 'le nom du dossier $1 contient une virgule, & ou |'],
  [
    /^move or rename it: Asterisk takes these for two sounds$/,
    'déplacez-le ou renommez-le\u00a0: Asterisk y voit deux sons',
  ],
  [/^there is no folder (.+)$/, 'il n’y a pas de dossier $1'],
  [/^create it, or correct the path$/, 'créez-le, ou corrigez le chemin'],
  [
    /^record it as a WAV file of 16 bits, 8 kHz, mono \((.+)\)$/,
    'enregistrez-le en WAV de 16 bits, 8 kHz, mono ($1)',
  ],
  [/^there is no file (.+)$/, 'il n’y a pas de fichier $1'],
  [/^(.+) is longer than (\d+) seconds$/, '$1 dure plus de $2 secondes'],
  [/^(.+) is not a WAV file$/, '$1 n’est pas un fichier WAV'],
  [/^(.+) has (\d+) channels at (\d+) Hz and (\d+) bits$/, '$1 a $2 canaux à $3 Hz et $4 bits'],
  [/^(.+) has no sound in it$/, '$1 ne contient aucun son'],
];

/** Undefined: a form that is not known here. */
export function inFrench(english: string): string | undefined {
  const value = english.replace(/^the value\b/, 'la valeur');
  const given = /^(give|write) (.+)$/.exec(english);
  const form = given === null ? undefined : VALUE_FORMS[given[2] ?? ''];
  if (form !== undefined) return `${given?.[1] === 'give' ? 'donnez' : 'écrivez'} ${form}`;
  for (const [pattern, french] of FORMS)
    if (pattern.test(value)) return spaced(value.replace(pattern, french));
  // Several sentences, each of a form.
  const parts = english.split('; ');
  if (parts.length < 2) return undefined;
  const all = parts.map(inFrench);
  return all.includes(undefined) ? undefined : all.join('; ');
}

/** Marks of quotation keep what is in them. */
function spaced(text: string): string {
  return text.replace(/« (.+?) »/g, '«\u00a0$1\u00a0»');
}
