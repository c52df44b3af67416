import type { JsonFaultCode } from '#kernel';
import type { Texts } from '#words';

/** What is wrong with a member of a document that a person wrote: by the code of its fault. */
const BY_CODE: Readonly<Record<JsonFaultCode, Texts>> = {
  JSON_INVALID: { fr: 'pas du JSON', en: 'not JSON' },
  FORBIDDEN_KEY: { fr: 'un nom de membre qui n’est pas permis', en: 'a member name that is not allowed' },
  DUPLICATE_KEY: { fr: 'deux fois le même membre', en: 'the same member twice' },
  NUMBER_INVALID: { fr: 'pas un nombre entier', en: 'not a whole number' },
  STRING_INVALID: { fr: 'un texte avec des caractères cachés', en: 'a text with hidden characters' },
  TOO_DEEP: { fr: 'trop de niveaux', en: 'too many levels' },
  TOO_MANY: { fr: 'trop d’éléments', en: 'too many elements' },
};

/** In French what the rules say in English; a code or a list of values reads the same in both. */
const IN_FRENCH: readonly (readonly [RegExp, string])[] = [
  [/^missing$/, 'manque'],
  [/^unknown member$/, 'membre inconnu'],
  [/^not an object$/, 'pas un objet'],
  [/^not a JSON object$/, 'pas un objet JSON'],
  [/^not a list$/, 'pas une liste'],
  [/^not a name$/, 'pas un nom'],
  [/^not true or false$/, 'ni true ni false'],
  [/^not an integer from (\S+) to (\S+)$/, 'pas un entier de $1 à $2'],
  [/^not one of (.+)$/, 'aucun de : $1'],
  [/^not 1 to 64 of (.+)$/, 'pas 1 à 64 caractères parmi $1'],
  [/^not an RFC 3339 instant$|^not an instant \(RFC 3339\)$/, 'pas un instant (RFC 3339)'],
  [/^not in seq order$/, 'pas dans l’ordre de seq'],
  [/^named twice$/, 'nommé deux fois'],
  [/^more than den$/, 'plus que den'],
  [/^not more than half of den$/, 'pas plus de la moitié de den'],
  [/^nothing is more than all$/, 'rien n’est plus que tout'],
  [/^not above min$/, 'pas au-dessus de min'],
  [/^a method without round$/, 'une méthode sans tour'],
  [/^not a position under (.+)$/, 'pas une position sous $1'],
  [/^without (.+)$/, 'sans $1'],
  [/^not an option$/, 'pas une option'],
  [/^not of a ballot$/, 'pas d’un bulletin'],
  [/^a grade is 0 to (.+)$/, 'une note va de 0 à $1'],
  [/^a score is (.+) to (.+)$/, 'une note va de $1 à $2'],
  [/^ranks from 1 without gap$/, 'des rangs à partir de 1, sans trou'],
  [/^at most (.+) points$/, '$1 points au plus'],
  [/^points are 0 or more$/, 'des points de 0 ou plus'],
  [/^at least one option$/, 'une option au moins'],
  [/^nothing is called (.+)$/, 'rien ne s’appelle $1'],
  [/^no view is called (.+)$/, 'aucune vue ne s’appelle $1'],
  [/^no command of that name$/, 'aucune commande de ce nom'],
  [/^a capacity is needed$/, 'une capacité est nécessaire'],
  [/^unknown kind of capacity$/, 'capacité inconnue'],
  [/^this command is signed by one$/, 'une seule personne signe cette commande'],
  [/^neither a text nor a number$/, 'ni un texte ni un nombre'],
  [/^not \{"name": "field"\}.*$/, 'pas {"nom": "champ"}'],
];

/** Words for a fault in the language of the reader; what has none is told as it is. */
export function wordsOfFault(fault: string): Texts {
  if (Object.hasOwn(BY_CODE, fault)) return BY_CODE[fault as JsonFaultCode];
  const found = IN_FRENCH.find(([pattern]) => pattern.test(fault));
  return { fr: found ? fault.replace(found[0], found[1]) : fault, en: fault };
}
