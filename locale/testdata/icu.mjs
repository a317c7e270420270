// Writes what ICU makes of money, numbers, dates, lists, plurals and names in
// the four languages, one figure a line:
//
//	kind <tab> argument <tab> en <tab> es <tab> fr <tab> ar
//
// Run it with a node whose ICU has CLDR 48:
//
//	node icu.mjs >icu.tsv
//
// Characters that cannot be seen are written as \uXXXX. The figures are
// derived from the Unicode CLDR, licence: ../cldr/LICENSE-Unicode-3.0.txt.

if (!process.versions.cldr.startsWith('48')) {
  console.error(`this node has CLDR ${process.versions.cldr}, not 48`);
  process.exit(1);
}

const tags = ['en', 'es', 'fr', 'ar'];
const escape = (s) => s.replace(/["\\]|[^\P{Z} ]|\p{C}/gu, (c) =>
  c === '"' || c === '\\' ? '\\' + c : '\\u' + c.codePointAt(0).toString(16).padStart(4, '0'));
const line = (kind, argument, figure) =>
  console.log([kind, argument, ...tags.map((tag) => escape(figure(tag)))].join('\t'));

console.log(`# ICU ${process.versions.icu}, CLDR ${process.versions.cldr}`);

// Strings are formatted exactly, without going through a floating-point number.
// A whole amount has no decimals; the sign of what rounds to zero is not shown.
const money = (amount, currency) => line('money', `${amount} ${currency}`, (tag) =>
  new Intl.NumberFormat(tag, {
    style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger', signDisplay: 'negative',
  }).format(amount));
for (const currency of Intl.supportedValuesOf('currency')) money('1234567.8912', currency);
for (const currency of ['USD', 'EUR', 'KES', 'VND', 'KWD', 'PHP', 'SAR']) {
  for (const amount of ['0', '0.0049', '0.005', '-0.001', '0.5', '1', '-1', '48.34', '-48.34', '99.995', '550',
    '999', '1000', '1234', '1234.5', '-1234.5', '9999.99', '9999.9951', '10000', '12345.6789', '-1234567',
    '922337203685477.5807', '-922337203685477.5808']) money(amount, currency);
}

const integers = ['0', '1', '-1', '12', '999', '1000', '-1000', '1234', '9999', '10000', '12345', '-12345', '123456', '1234567',
  '9223372036854775807', '-9223372036854775808'];
for (const n of integers) line('number', n, (tag) => new Intl.NumberFormat(tag).format(n));
for (const n of ['0', '1', '5', '23', '100', '-7', '1234', '12345'])
  line('percent', n, (tag) => new Intl.NumberFormat(tag, { style: 'percent' }).format(`${n}e-2`));

const dateForms = {
  date: { dateStyle: 'long' },
  shortdate: { dateStyle: 'medium' },
  monthyear: { year: 'numeric', month: 'long' },
};
for (const [kind, options] of Object.entries(dateForms)) {
  for (let month = 1; month <= 12; month++) {
    for (const day of [1, 9, 28]) {
      const date = new Date(Date.UTC(2009 + month, month - 1, day, 23, 59));
      line(kind, date.toISOString(), (tag) =>
        new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' }).format(date));
    }
  }
}

for (const items of ['Ana', 'Ana|Luz', 'Ana|Isabel', 'Ana|Hilda', 'agua|hielo', 'cobre|hiato', 'Ana|hi', 'Ana|Luz|Rosa', 'Ana|Luz|Inés',
  'A|B|C|D', 'Isabel|Irma|Ida|Ana'])
  line('list', items, (tag) => new Intl.ListFormat(tag).format(items.split('|')));

const counts = new Set();
for (let n = 0; n <= 215; n++) counts.add(n);
for (const base of [300, 1000, 1100, 10000, 100000, 500000, 999900, 1000000, 2000000, 10000000, 1000000000])
  for (const more of [-1, 0, 1, 2, 3, 10, 11, 99, 100, 103]) counts.add(base + more);
for (const n of [...counts].sort((a, b) => a - b))
  line('plural', n, (tag) => new Intl.PluralRules(tag).select(n));

const letters = 'abcdefghijklmnopqrstuvwxyz';
const pairs = [...letters].flatMap((a) => [...letters].map((b) => a + b));
const names = (kind, codes, options) => {
  const of = Object.fromEntries(tags.map((tag) => [tag, new Intl.DisplayNames(tag, { ...options, fallback: 'none' })]));
  for (const code of codes) {
    // What ICU replaces by another code (SU by RU, tl by fil) has no name of its own.
    if (options.type === 'region' && new Intl.Locale('und-' + code).region !== code) continue;
    if (options.type === 'language' && Intl.getCanonicalLocales(code)[0] !== code) continue;
    if (of.en.of(code) !== undefined) line(kind, code, (tag) => of[tag].of(code) ?? '');
  }
};
names('country', pairs.map((p) => p.toUpperCase()), { type: 'region' });
names('shortcountry', ['HK', 'MM', 'MO', 'PS'], { type: 'region', style: 'short' });
names('language', pairs, { type: 'language' });
names('currency', Intl.supportedValuesOf('currency'), { type: 'currency' });
