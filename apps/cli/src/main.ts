// The `semblance` command. Commands live in commands/; this file says what they are called and what they take.
import {
  DEFAULT_PRECISION,
  type DuplicateKind,
  duplicateKind,
  hubUrl,
  paceChoice,
  rulePreset,
} from '@semblance/contract';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { doctor } from './commands/doctor.ts';
import { ignoreDuplicates, listDuplicates } from './commands/duplicates.ts';
import { applyDuplicates, undoDuplicates } from './commands/duplicates-apply.ts';
import { listFolders, moveFolder } from './commands/folders.ts';
import { indexFolders } from './commands/index-folders.ts';
import { addLabel, listLabels, removeLabel, scoreLabel, teachLabel } from './commands/label.ts';
import { exportLabels, importLabels } from './commands/label-file.ts';
import { runLabels, undoLabelRun } from './commands/label-run.ts';
import { addPack, writeSidecars } from './commands/label-tools.ts';
import {
  addModel,
  lookAtModel,
  removeModel,
  showCatalog,
  testModel,
  verifyModel,
} from './commands/models.ts';
import { compareModels, useModel } from './commands/models-use.ts';
import { search } from './commands/search.ts';
import { serve } from './commands/serve.ts';
import { listModels, status } from './commands/status.ts';
import { createOutput, EXIT, type Output, reportError, surviveClosedOutput } from './output.ts';
import { VERSION } from './session.ts';

const DEFAULT_PORT = 4747;

surviveClosedOutput();
process.exitCode = await main(process.argv);

async function main(argv: string[]): Promise<number> {
  const json = argv.includes('--json');
  const output = createOutput(json);
  try {
    await createProgram(output).parseAsync(withTextsLast(argv));
    return EXIT.ok;
  } catch (error) {
    // Commander has printed its own message, or the help that was asked for.
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return EXIT.ok;
      if (json) output.answer({ error: { kind: 'USAGE', message: error.message } }, () => '');
      return EXIT.usage;
    }
    return reportError(error, json);
  }
}

/** What a search leaves out may come first, as in `search "-people beach"`: the only option with one dash is -h. */
function withTextsLast(argv: string[]): string[] {
  const isValue = (at: number): boolean => /^--(?!json$)/u.test(argv[at - 1] ?? '');
  const isText = (argument: string, at: number): boolean =>
    at > 2 && argument !== '-h' && /^-[^-]/su.test(argument) && !isValue(at);
  if (argv[2] !== 'search' || argv.includes('--') || !argv.some(isText)) return argv;
  return [...argv.filter((argument, at) => !isText(argument, at)), '--', ...argv.filter(isText)];
}

function createProgram(output: Output): Command {
  const program = new Command('semblance')
    .description('Find your own photos by describing them. Everything stays on this machine.')
    .version(VERSION)
    .exitOverride()
    // What stands behind a command is its own: `duplicates` and `duplicates apply` both take --kind.
    .enablePositionalOptions()
    .showHelpAfterError('(add --help for the options)');

  onLibrary(program.command('index'))
    .description('bring the library in step with folders of photos')
    .argument('<folder...>', 'folders to index, with everything in them', namedAll)
    .option('--accept-missing', 'photos that are no longer in these folders are gone, however many')
    .addOption(
      new Option('--pace <pace>', 'how hard to work, this time').choices(paceChoice.options).default('full'),
    )
    .action((folders, options) => indexFolders(folders, options, output));

  onLibrary(program.command('search'))
    .description('find photos by a description and filters, by likeness to pictures, or both')
    .argument(
      '[text]',
      'what the photo shows, in your own words; -word, "exact", date:2019 and more: see README',
    )
    .option('--limit <n>', 'at most so many results', wholeNumber(1, 1000), 20)
    .option('--like <picture>', 'rank by likeness to this picture; several mean their middle', namedAll)
    .addOption(
      new Option('--sort <order>', 'order of the results')
        .choices(['relevance', 'date'])
        .default('relevance'),
    )
    .action((text, options) => search(text, options, output));

  const duplicates = onLibrary(program.command('duplicates'))
    .description('photos that are copies of one another, what to keep and why; changes nothing')
    .option('--kind <kinds...>', `only these kinds: ${duplicateKind.options.join(', ')}`, kinds)
    .enablePositionalOptions()
    .action((options) => listDuplicates(options, output));
  onLibrary(duplicates.command('ignore'))
    .description('these are no duplicates: leave the group out from now on')
    .argument('<group>', 'id of the group', named)
    .action((id, _, command) => ignoreDuplicates(id, command.optsWithGlobals(), output));
  onLibrary(duplicates.command('apply'))
    .description('move the copies to the trash; the best of each group stays')
    .option('--kind <kinds...>', `of ${duplicateKind.options.join(', ')} (default: exact resaved)`, kinds)
    .addOption(new Option('--rule <preset>', 'which copy to keep, this time').choices(rulePreset.options))
    .option('--dry-run', 'only say what would move')
    .option('--yes', 'do not ask')
    .action((_, command) => applyDuplicates(command.optsWithGlobals(), output));
  onLibrary(duplicates.command('undo'))
    .description('bring back what an apply moved, with everything you had said of it')
    .argument('[act]', 'its number; the newest when left out', wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .action((act, _, command) => undoDuplicates(act, command.optsWithGlobals(), output));

  const folders = program.command('folders').description('the folders of the library');
  onLibrary(folders.command('list'))
    .description('where they are, and whether they can be reached')
    .action((options) => listFolders(options, output));
  onLibrary(folders.command('move'))
    .description('a folder lies elsewhere now: its photos keep everything; no file is touched')
    .argument('<from>', 'where it was', named)
    .argument('<to>', 'where it is now', named)
    .action((from, to, options) => moveFolder(from, to, options, output));

  onLibrary(program.command('status'))
    .description('what the library holds')
    .action((options) => status(options, output));

  onLibrary(program.command('doctor'))
    .description('is the library sound, and what can be done if it is not; changes nothing by itself')
    .option('--repair', 'have damaged vectors computed again')
    .option('--restore', 'put the newest sound backup in the place of a damaged catalog, which is kept')
    .action((options) => doctor(options, output));

  fromHub(onLibrary(program.command('serve')))
    .description('open the app in the browser, served from this machine only')
    .option('--roots <folders...>', 'folders that the browser may add to the library', namedAll)
    .option('--port <n>', 'port on 127.0.0.1; 0 for any', wholeNumber(0, 65_535), DEFAULT_PORT)
    .option('--no-open', 'do not open the browser')
    .addOption(
      new Option('--pace <pace>', 'how hard to index, as long as it runs').choices(paceChoice.options),
    )
    .action((options) => serve(options, output));

  addLabelCommands(program, output);

  addModelCommands(program, output);

  return program;
}

function addModelSwitchCommands(models: Command, output: Output): void {
  onLibrary(models.command('compare'))
    .description("two models side by side, on this library's labels and searches; changes nothing")
    .argument('<a>', 'a model at hand', named)
    .argument('<b>', 'another one', named)
    .action((a, b, options) => compareModels(a, b, options, output));
  onLibrary(models.command('use'))
    .description('use another model: its vectors are made first; without a name, how that stands')
    .argument('[model]', 'a model at hand', named)
    .option('--preview', 'make the vectors and say which tags would change; use the model as before')
    .option('--now', 'switch at once; photos that it has not seen are found through the model before')
    .option('--keep-tags', 'leave tags as the model before has given them')
    .option('--back', 'the model before, with the tags of that time')
    .option('--cancel', 'forget what was prepared')
    .option('--forget-previous', 'delete the vectors of the model before')
    .action((model, options) => useModel(model, options, output));
}

function addLabelCommands(program: Command, output: Output): void {
  const label = program.command('label').description("labels of one's own, taught by words and examples");
  const examples = (command: Command): Command =>
    onLibrary(command)
      .option('--yes <photos...>', 'photos that show it', namedAll)
      .option('--no <photos...>', 'photos that do not', namedAll);

  examples(label.command('add'))
    .description('make a label')
    .argument('<name>', 'what it is called', named)
    .option('--describe <texts...>', 'what its photos show; without one, the name says it', namedAll)
    .option('--not <texts...>', 'what looks alike and is not meant', namedAll)
    .option(
      '--precision <share>',
      'wanted share of right photos among those it tags',
      share,
      DEFAULT_PRECISION,
    )
    .option('--parent <name>', 'the label it lies below', named)
    .option('--automatic', 'tag newly indexed photos')
    .action((name, options) => addLabel(name, options, output));

  examples(label.command('teach'))
    .description('more examples for a label')
    .argument('<name>', 'its name', named)
    .action((name, options) => teachLabel(name, options, output));

  onLibrary(label.command('list'))
    .description('all labels')
    .action((options) => listLabels(options, output));

  onLibrary(label.command('run'))
    .description('tag photos with labels; photos that a person has answered stay as they are')
    .argument('[names...]', 'labels to run (default: all)', namedAll)
    .option('--all', 'every photo (the default)')
    .option('--album <name>', 'the photos of an album', named)
    .option('--folder <path>', 'the photos below a folder', named)
    .action((names, options) => runLabels(names, options, output));

  onLibrary(label.command('scores'))
    .description('how well a label fits every photo: 0 to 1, best first')
    .argument('<name>', 'its name', named)
    .action((name, options) => scoreLabel(name, options, output));

  onLibrary(label.command('undo'))
    .description('take a whole run back')
    .argument('<run>', 'its number, as `label run` printed it', wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .action((run, options) => undoLabelRun(run, options, output));

  onLibrary(label.command('export'))
    .description('labels as one file to keep or to share: with their examples, without pictures and paths')
    .argument('<file>', 'file to write; - for standard output', named)
    .argument('[names...]', 'labels (default: all)', namedAll)
    .action((file, names, options) => exportLabels(file, names, options, output));

  onLibrary(label.command('import'))
    .description('labels from such a file; those of a name that exists get the examples')
    .argument('<file>', 'file to read', named)
    .action((file, options) => importLabels(file, options, output));

  onLibrary(label.command('remove'))
    .description('remove a label; the photos stay')
    .argument('<name>', 'its name', named)
    .action((name, options) => removeLabel(name, options, output));

  onLibrary(label.command('pack'))
    .description('ready-made labels: lists the packs, or adds one')
    .argument('[id]', 'the pack to add')
    .addOption(new Option('--language <code>', 'of the names').choices(['en', 'tr']).default('en'))
    .action((id, options) => addPack(id, options, output));

  onLibrary(label.command('sidecars'))
    .description('write labels into XMP sidecars, for other programs')
    .action((options) => writeSidecars(options, output));
}

function addModelCommands(program: Command, output: Output): void {
  const models = program.command('models').description('the models that understand pictures and words');
  addModelSwitchCommands(models, output);
  onLibrary(models.command('list'))
    .description('models at hand')
    .action((options) => listModels(options, output));
  onLibrary(models.command('catalog'))
    .description('models that can be added, what they are good at, and under which licence; asks nobody')
    .action((options) => showCatalog(options, output));
  fromHub(onLibrary(models.command('look')))
    .description('ask the hub how large a model is and which commit; fetches nothing')
    .argument('<what>', 'id from the catalog, or owner/name[@revision] on the hub', named)
    .action((what, options) => lookAtModel(what, options, output));
  fromHub(onLibrary(models.command('add')))
    .description('fetch a model, or copy one from a folder; run again, it goes on where it stopped')
    .argument('<what>', 'id from the catalog, owner/name[@revision] on the hub, or a folder', named)
    .option('--no-test', 'do not try it on this machine, and take the most exact weights')
    .action((what, options) => addModel(what, options, output));
  onLibrary(models.command('remove'))
    .description('delete a model that was added')
    .argument('<id>', 'its id', named)
    .action((id, options) => removeModel(id, options, output));
  fromHub(onLibrary(models.command('verify')))
    .description('hash every file of a model and compare with what it was')
    .argument('<id>', 'its id', named)
    .option('--repair', 'fetch again what is missing or changed')
    .action((id, options) => verifyModel(id, options, output));
  onLibrary(models.command('test'))
    .description('load a model every way this machine can run it, and measure')
    .argument('<id>', 'its id', named)
    .action((id, options) => testModel(id, options, output));
}

function fromHub(command: Command): Command {
  return command.addOption(
    new Option(
      '--hub <url>',
      'where models come from, a mirror for instance (default: https://huggingface.co)',
    )
      .env('SEMBLANCE_HUB')
      .argParser((value) => {
        if (hubUrl.safeParse(value).success) return value;
        throw new InvalidArgumentError('It must be an address like https://huggingface.co.');
      }),
  );
}

/** Options shared by every command that opens a library. */
function onLibrary(command: Command): Command {
  return command
    .exitOverride()
    .option(
      '--library <dir>',
      "where catalog and vectors live (default: the platform's user-data folder)",
      named,
    )
    .addOption(
      new Option('--model <dir>', 'model folder (default: the starter model)').env('SEMBLANCE_MODEL'),
    )
    .addOption(
      new Option('--models <dir>', 'where added models live (default: beside the usual library)')
        .env('SEMBLANCE_MODELS')
        .argParser(named),
    )
    .option('--json', 'print one JSON object and nothing else on standard output');
}

/** An unset variable in a script must not mean the current folder. */
function named(path: string): string {
  if (path === '') throw new InvalidArgumentError('It is empty.');
  return path;
}

function namedAll(path: string, before: string[] | undefined): string[] {
  return [...(before ?? []), named(path)];
}

function share(value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !(number >= 0.5 && number <= 0.99)) {
    throw new InvalidArgumentError('It must be a number from 0.5 to 0.99.');
  }
  return number;
}

function kinds(list: string, before: DuplicateKind[] = []): DuplicateKind[] {
  const named = list.split(',').map((name) => {
    const kind = duplicateKind.safeParse(name.trim());
    if (!kind.success) throw new InvalidArgumentError(`Kinds are ${duplicateKind.options.join(', ')}.`);
    return kind.data;
  });
  return [...before, ...named];
}

function wholeNumber(min: number, max: number): (value: string) => number {
  return (value) => {
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (!Number.isInteger(number) || number < min || number > max) {
      throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
    }
    return number;
  };
}
