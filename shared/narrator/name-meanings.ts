/** What the words of a name mean. Nothing is said of why a place was called so. */
export interface NameMeaning {
  readonly language: string;
  /** The words of the name that are meant. */
  readonly words: string;
  readonly meaning: string;
  readonly source: string;
}

/** The meaning of a name, if the country speaks a language in whose table the name stands. */
export function meaningOf(name: string, countryCode: string): NameMeaning | undefined {
  const folded = fold(name);
  const table = tables.find(({ countries, rows }) => countries.has(countryCode) && rows.has(folded));
  const row = table?.rows.get(folded);
  return table === undefined || row === undefined
    ? undefined
    : { language: table.language, words: name, meaning: row.meaning, source: row.source };
}

interface MeaningTable {
  readonly language: string;
  readonly countries: ReadonlySet<string>;
  readonly rows: ReadonlyMap<string, { readonly meaning: string; readonly source: string }>;
}

/** The United States, whose maps are full of them, and the Spanish-speaking countries. */
const spanishNameCountries = new Set('US MX GT HN SV NI CR PA CO VE EC PE BO PY CL AR UY CU DO PR ES GQ PH'.split(' '));
const frenchNameCountries = new Set('US CA FR BE CH LU HT SN CI'.split(' '));

/** Saints of Spanish names: the word after San, Santo or Santa, and the English name of the saint. */
const saints = {
  Francisco: 'Francis',
  José: 'Joseph',
  Juan: 'John',
  Antonio: 'Anthony',
  Pedro: 'Peter',
  Pablo: 'Paul',
  Miguel: 'Michael',
  Luis: 'Louis',
  Mateo: 'Matthew',
  Marcos: 'Mark',
  Lucas: 'Luke',
  Andrés: 'Andrew',
  Felipe: 'Philip',
  Vicente: 'Vincent',
  Lorenzo: 'Lawrence',
  Esteban: 'Stephen',
  Nicolás: 'Nicholas',
  Ana: 'Anne',
  Bárbara: 'Barbara',
  Rosa: 'Rose',
  Mónica: 'Monica',
  María: 'Mary',
  Clara: 'Clare',
  Isabel: 'Elizabeth',
  Catalina: 'Catherine',
  Lucía: 'Lucy',
  Domingo: 'Dominic',
} as const;

/** Names, meanings and the word to look up in the dictionary of the Real Academia Española. */
const spanishNames: readonly (readonly [name: string, meaning: string, headword: string])[] = [
  ['Las Vegas', 'the meadows', 'vega'],
  ['Los Angeles', 'the angels', 'ángel'],
  ['Santa Fe', 'holy faith', 'fe'],
  ['Sacramento', 'sacrament', 'sacramento'],
  ['El Paso', 'the pass', 'paso'],
  ['Amarillo', 'yellow', 'amarillo'],
  ['Palo Alto', 'tall timber', 'palo'],
  ['Paso Robles', 'pass of the oaks', 'roble'],
  ['Las Cruces', 'the crosses', 'cruz'],
  ['Santa Cruz', 'holy cross', 'cruz'],
  ['Vera Cruz', 'true cross', 'cruz'],
  ['Sierra Vista', 'mountain view', 'sierra'],
  ['Buena Vista', 'good view', 'vista'],
  ['Chula Vista', 'pretty view', 'chulo'],
  ['Boca Raton', 'mouse mouth', 'ratón'],
  ['Punta Gorda', 'fat point', 'gordo'],
  ['Casa Grande', 'big house', 'casa'],
  ['Mesa', 'table', 'mesa'],
  ['Pueblo', 'town', 'pueblo'],
  ['Fresno', 'ash tree', 'fresno'],
  ['Salinas', 'salt works', 'salina'],
  ['Alameda', 'poplar grove', 'alameda'],
  ['Palomas', 'doves', 'paloma'],
  ['Socorro', 'help', 'socorro'],
  ['Española', 'Spanish', 'español'],
  ['Los Alamos', 'the poplars', 'álamo'],
  ['Alamo', 'poplar', 'álamo'],
  ['Los Gatos', 'the cats', 'gato'],
  ['Los Banos', 'the baths', 'baño'],
  ['La Mesa', 'the table', 'mesa'],
  ['La Paz', 'the peace', 'paz'],
  ['El Dorado', 'the golden one', 'dorado'],
  ['Del Norte', 'of the north', 'norte'],
  ['Del Rio', 'of the river', 'río'],
  ['Rio Rancho', 'river ranch', 'rancho'],
  ['Buenos Aires', 'good airs', 'aire'],
  ['Mar del Plata', 'sea of silver', 'plata'],
  ['La Plata', 'the silver', 'plata'],
  ['Valparaíso', 'paradise valley', 'paraíso'],
  ['Puerto Rico', 'rich port', 'puerto'],
  ['Puerto Montt', 'port of Montt', 'puerto'],
  ['Punta Arenas', 'sandy point', 'arena'],
  ['Monterrey', 'king’s hill', 'rey'],
  ['Aguascalientes', 'hot waters', 'caliente'],
  ['Veracruz', 'true cross', 'cruz'],
  ['Concepción', 'conception', 'concepción'],
  ['Trinidad', 'trinity', 'trinidad'],
  ['Esperanza', 'hope', 'esperanza'],
  ['Libertad', 'freedom', 'libertad'],
  ['Rosario', 'rosary', 'rosario'],
  ['Florida', 'flowery', 'florido'],
  ['Cruces', 'crosses', 'cruz'],
];

/** Names, meanings and the word to look up at the Centre national de ressources textuelles et lexicales. */
const frenchNames: readonly (readonly [name: string, meaning: string, headword: string])[] = [
  ['Baton Rouge', 'red stick', 'bâton'],
  ['Eau Claire', 'clear water', 'eau'],
  ['Terre Haute', 'high land', 'terre'],
  ['Prairie du Chien', 'prairie of the dog', 'chien'],
  ['Fond du Lac', 'far end of the lake', 'fond'],
  ['Grand Marais', 'big marsh', 'marais'],
  ['Belle Fourche', 'beautiful fork', 'fourche'],
  ['Bellevue', 'beautiful view', 'vue'],
  ['Belle Plaine', 'beautiful plain', 'plaine'],
  ['Butte', 'hillock', 'butte'],
  ['La Grande', 'the big one', 'grand'],
  ['La Crosse', 'the crosier', 'crosse'],
  ['Montréal', 'royal mount', 'royal'],
  ['Trois-Rivières', 'three rivers', 'rivière'],
  ['Port-au-Prince', 'the prince’s port', 'prince'],
  ['Val-d’Or', 'valley of gold', 'or'],
  ['Le Havre', 'the harbor', 'havre'],
];

const tables: readonly MeaningTable[] = [
  {
    language: 'Spanish',
    countries: spanishNameCountries,
    rows: new Map([...saintRows(), ...rowsOf(spanishNames, 'https://dle.rae.es/')]),
  },
  {
    language: 'French',
    countries: frenchNameCountries,
    rows: new Map(rowsOf(frenchNames, 'https://www.cnrtl.fr/definition/')),
  },
];

type Row = readonly [name: string, row: { meaning: string; source: string }];

function rowsOf(names: readonly (readonly [string, string, string])[], dictionary: string): Row[] {
  return names.map(([name, meaning, headword]) => [
    fold(name),
    { meaning, source: `${dictionary}${encodeURIComponent(headword)}` },
  ]);
}

function saintRows(): Row[] {
  return Object.entries(saints).flatMap(([name, english]) =>
    ['San', 'Santa', 'Santo'].map((title): Row => {
      const row = { meaning: `Saint ${english}`, source: `https://dle.rae.es/${title.toLowerCase()}` };
      return [fold(`${title} ${name}`), row];
    }),
  );
}

function fold(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('’', "'").toLowerCase();
}
