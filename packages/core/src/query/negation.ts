// "dog without leash", "köpek ama insan yok": plain sentences that exclude something. A model all but ignores such words
// (Alhamoud et al., "Vision-Language Models Do Not Understand Negation", CVPR 2025), so they are taken out here.
import { fold } from './text.ts';
import { thingLeftOut } from './turkish-without.ts';

/** A word of the query and where it stands in the typed text. */
export interface Word {
  text: string;
  start: number;
  end: number;
}

export interface Run {
  kind: 'text' | 'not';
  text: string;
  start: number;
  end: number;
}

const list = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const BEFORE = list("without no not excluding except w/o isn't aren't minus");
/** "is not", "with no", "but without": these words go with the negation, not with what is looked for. */
const LEADS = list('but and with is are was were that which having while ama fakat ancak lakin ve var hic');
const ARTICLES = list('a an the any bir for');
/** What is excluded ends before these: "beach without people at sunset". */
const ENDS = list(
  'at in on with under near during by from behind beside while but inside outside over against',
);
/** What says that anything will do: "everything but people", "insan hariç her şey", "nobody around". */
const ANYTHING = list(
  'anything everything anyone everyone all around there her sey hersey hepsi tumu icinde',
);
const AND = list('and or nor ve veya');
const AFTER = list(
  'yok olmadan olmayan olmaksizin olmasin haric haricinde degil bulunmayan icermeyen gorunmeyen gorunmesin',
);
const TURNS = list('ama fakat ancak lakin ve');
/** Signs and notebooks: "no parking sign", "not defteri". */
const NOT_A_NEGATION: Record<string, ReadonlySet<string>> = {
  no: list('parking smoking entry entrance sign trespassing swimming exit through way stopping doubt matter'),
  not: list('only just defteri kagidi very so defter'),
  minus: list('one two'),
};
const NOBODY: ReadonlyMap<string, string> = new Map([
  ['nobody', 'people'],
  ['no-one', 'people'],
]);

/** Whether a word excludes the filter or phrase behind it: "without label:boat", `not "copy"`. */
export function isNegating(word: string): boolean {
  return BEFORE.has(bare(word));
}

/** Whether a Turkish word excludes the filter or phrase before it: "etiket:tekne hariç". */
export function isNegatingBehind(word: string): boolean {
  return AFTER.has(bare(word));
}

/** Splits the words between two operators into what is looked for and what is not, in order. */
export function splitNegation(words: readonly Word[]): Run[] {
  const runs: Run[] = [];
  let open: Word[] = [];
  const folded = words.map((word) => bare(word.text));
  const flush = (): void => {
    const kept = trimmed(open, runs.at(-1)?.kind === 'not');
    if (kept.length > 0) runs.push(runOf('text', kept));
    open = [];
  };
  const exclude = (excluded: readonly Word[], from: Word, to: Word, text?: string): void => {
    flush();
    runs.push({ kind: 'not', text: text ?? joined(excluded), start: from.start, end: to.end });
  };

  for (let at = 0; at < words.length; at++) {
    const word = words[at] as Word;
    const form = folded[at] ?? '';
    const nobody = NOBODY.get(form) ?? (form === 'no' && folded[at + 1] === 'one' ? 'people' : undefined);
    if (nobody !== undefined) {
      const to = form === 'no' ? (words[at + 1] as Word) : word;
      dropLeads(open);
      exclude([], word, to, nobody);
      if (form === 'no') at += 1;
    } else if (
      isBefore(folded, at) &&
      !NOT_A_NEGATION[form]?.has(folded[at + 1] ?? '') &&
      !isSign(folded, at)
    ) {
      const phrases = phrasesAfter(words, folded, at);
      if (phrases.length === 0) {
        open.push(word);
        continue;
      }
      dropLeads(open);
      for (const phrase of phrases) {
        exclude(
          words.slice(phrase.from, phrase.to),
          words[phrase.lead] as Word,
          words[phrase.to - 1] as Word,
        );
        at = phrase.to - 1;
      }
    } else if (AFTER.has(form) && open.length > 0) {
      const size = sizeBefore(open);
      const excluded = open.splice(open.length - size);
      dropLeads(open);
      exclude(excluded, excluded[0] ?? word, word, kimse(joined(excluded)));
    } else {
      const stem = thingLeftOut(word.text, joined(words.slice(at + 1, at + 4)));
      if (stem === null) open.push(word);
      else exclude([], word, word, stem);
    }
  }
  flush();
  const excludes = runs.some(({ kind }) => kind === 'not');
  return runs.filter(
    ({ kind, text }) =>
      !excludes || kind === 'not' || !text.split(' ').every((word) => ANYTHING.has(bare(word))),
  );
}

/** The phrases that a negating word at `at` excludes: one, or several joined by "or" and "and". */
function phrasesAfter(
  words: readonly Word[],
  folded: readonly string[],
  at: number,
): { lead: number; from: number; to: number }[] {
  const phrases: { lead: number; from: number; to: number }[] = [];
  for (let lead = at; ; ) {
    let from = lead + 1;
    while (ARTICLES.has(folded[from] ?? '')) from += 1;
    let to = from;
    while (to < words.length) {
      const form = folded[to] ?? '';
      const within = to > from || folded[at] !== 'not';
      if (AND.has(form) || BEFORE.has(form) || (within && ENDS.has(form))) break;
      to += 1;
      if (/[,;.]$/u.test(words[to - 1]?.text ?? '')) break;
    }
    if (to === from) return phrases;
    phrases.push({ lead, from, to });
    const next = folded[to + 1] ?? '';
    // "a man without a hat and a woman with a hat": what has something of its own is not left out.
    const owner = /^(?:and|ve)$/u.test(folded[to] ?? '') && hasItsOwn(folded, to + 1);
    const goesOn = !owner && AND.has(folded[to] ?? '') && next !== '' && !ENDS.has(next) && !BEFORE.has(next);
    if (!goesOn || /[,;.]$/u.test(words[to - 1]?.text ?? '')) return phrases;
    lead = to;
  }
}

/** Up to two words and an article, and then "with" or "in". */
function hasItsOwn(folded: readonly string[], from: number): boolean {
  const noun = folded.slice(from, from + 5).filter((word) => !ARTICLES.has(word));
  const at = noun.findIndex((word) => /^(?:with|wearing|holding)$/u.test(word));
  return at === 1 || at === 2;
}

/** "all but dogs" excludes dogs; any other "but" leads on. */
function isBefore(folded: readonly string[], at: number): boolean {
  const form = folded[at] ?? '';
  return BEFORE.has(form) || (form === 'but' && /^(?:all|(?:any|every)\w+)$/u.test(folded[at - 1] ?? ''));
}

/** "a no entry sign" is a thing, not an exclusion. */
function isSign(folded: readonly string[], at: number): boolean {
  return (
    folded[at] === 'no' && folded.slice(at + 1, at + 4).some((word) => word === 'sign' || word === 'signs')
  );
}

/** How many words before a Turkish postposition it excludes: back to a conjunction or comma, else one. */
function sizeBefore(open: readonly Word[]): number {
  const turn = open.findLastIndex((word, i) => TURNS.has(bare(word.text)) && i < open.length - 1);
  if (turn >= 0) return open.length - 1 - turn;
  const comma = open.findLastIndex((word, i) => word.text.endsWith(',') && i < open.length - 1);
  return comma >= 0 ? open.length - 1 - comma : 1;
}

const kimse = (text: string): string => (fold(text) === 'kimse' ? 'insan' : text);

function dropLeads(open: Word[]): void {
  while (LEADS.has(bare(open.at(-1)?.text ?? ''))) open.pop();
}

/** Conjunctions left over beside what was excluded, and nothing else. */
function trimmed(open: Word[], afterNot: boolean): Word[] {
  const kept = [...open];
  while (afterNot && (TURNS.has(bare(kept[0]?.text ?? '')) || /^(?:and|but)$/iu.test(kept[0]?.text ?? ''))) {
    kept.shift();
  }
  return kept;
}

function runOf(kind: Run['kind'], words: readonly Word[]): Run {
  return { kind, text: joined(words), start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0 };
}

function joined(words: readonly Word[]): string {
  return words
    .map((word) => word.text)
    .join(' ')
    .replace(/[\s,;]+$/u, '');
}

function bare(text: string): string {
  return fold(text).replace(/[,;.!?]+$/u, '');
}
