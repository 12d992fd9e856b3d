/** What people are promised, each under an id that scenarios cite. An id that no scenario cites fails the suite. */
export const requirements = {
  // Wrong input: said with its place and a way out, without a stack trace, and before anything was done.
  'input/rules-file-missing': 'A rules file that does not exist is named, and nothing runs.',
  'input/rules-file-empty': 'An empty rules file is named with what it should hold.',
  'input/rules-file-not-yaml': 'Text that is no YAML is refused at its line and column.',
  'input/unknown-key': 'An unknown key is refused at its place, with the key that was meant.',
  'input/unknown-type': 'An unknown rule type is refused at its place, with the type that was meant.',
  'input/unknown-param': 'An unknown parameter is refused at its place, with the parameter that was meant.',
  'input/duplicate-id': 'An id that two files use is refused with both places.',
  'input/missing-table': 'A table that does not exist is an error of its rules, with the nearest name.',
  'input/missing-column': 'A column that does not exist is an error of its rule, with the nearest name.',
  'input/database-missing': 'A database file that does not exist is said before the run, and is not created.',
  'input/database-locked': 'A database that another process writes to is said so, and the run ends incomplete.',
  'input/database-corrupt': 'A file that is no database, or a damaged one, is said so.',
  'input/database-newer': 'A database that a newer DuckDB wrote is said so.',
  'input/database-is-folder': 'A folder in place of a database is said so.',
  'input/database-empty-file': 'A file of 0 bytes in place of a database is said so, and stays as it is.',
  'input/expression-syntax': 'An expression that does not parse is an error of its rule, with the place in it.',
  'input/expression-subquery': 'A sub-query in an expression is refused.',
  'input/second-statement': 'A second statement in a query is refused, and has no effect.',
  'input/file-function': 'A function that reads files is refused.',
  'input/hostile-names': 'Tables and columns may be called anything: quotes, spaces, Unicode, words of SQL.',
  'input/one-bad-rule': 'A rule that cannot be judged spoils none of the 29 beside it; the run ends incomplete.',
  'input/unknown-command': 'An unknown command, flag or value is refused with the one that was meant.',
  'input/old-node': 'A Node that is too old is said so, with a way to a newer one.',
  'input/unknown-selection': '--select that matches nothing is refused with what was meant.',

  // Telling others.
  'notify/told': 'A finished run is told to the targets of aegis.yaml, without values of rows.',
  'notify/occasion': 'Runs are told of on the occasion that was asked for.',
  'notify/lost': 'A message that cannot be delivered is a note and changes no exit code.',

  // Output and records.
  'output/not-writable': 'An output file that cannot be written is said before the run starts.',
  'output/disk-full': 'A disk that fills up leaves no half file and keeps the older report.',
  'output/lost': 'A result that cannot be printed is said so, and the run ends incomplete.',
  'output/replaces-reports': 'A report replaces an older report, never another file.',
  'output/json-alone': 'Machine formats are alone on stdout; progress and notes go to stderr.',
  'output/file-equals-stdout': 'The report that is written is the report that is printed.',
  'output/no-color': 'NO_COLOR and --no-color take every colour away, also on a terminal.',
  'output/narrow': 'On 40 columns every line fits.',
  'output/reader-gone': 'A reader that stops early ends the output quietly and changes no exit code.',
  'output/quiet': '--quiet prints the result and nothing else.',
  'history/read-only': 'A history that cannot be written costs the run its record and a note, never the run.',
  'history/corrupt': 'A damaged history costs the run its record and a note, and is left as it is.',
  'history/newer': 'A history of a newer Aegis costs the run its record and a note, and is left as it is.',

  // Exit codes.
  'exit/passed': '0 when every rule passed, warned or did not apply.',
  'exit/failed': '1 when rules failed.',
  'exit/usage': '2 for usage and configuration.',
  'exit/incomplete': '3 when a rule could not be judged; the highest code wins.',
  'exit/fail-on': 'Failures below --fail-on do not fail the run.',

  // Flags and settings of a run.
  'run/where': '--where narrows the rows of every rule.',
  'run/timeout': '--timeout ends a statement that takes longer; its rule is an error.',
  'run/now': '--now fixes the clock that dates are judged by.',
  'run/samples': 'Values of rows leave a run masked; only the terminal shows them raw, and only when asked.',
  'config/precedence': 'A flag wins over the environment, the environment over aegis.yaml.',

  // Stopping and going on.
  'resume/killed': 'A killed run resumes without repeating the tables that were finished.',
  'resume/mismatch': 'A run whose rules changed is not resumed.',
  'interrupt/first': 'Ctrl-C ends the statement in the engine, reports what is known, and says how to go on.',
  'interrupt/second': 'A second Ctrl-C kills.',

  // Statements per table: D + Σ over filters (1 + 2U + F + T) + S.
  'statements/bound':
    'A table costs at most describe, one scan a filter, and what keys, references, outliers and samples need.',
  'statements/planned': 'A plan lists the statements of a run, what describes its tables included.',
  'statements/per-filter': 'Every filter costs one scan more, whatever the number of rules.',
  'statements/shared-keys': 'Rules on the same keys share their statement.',
  'statements/samples': 'Samples are asked for rules that failed only.',
  'statements/statistics': 'What exact statistics answer is not scanned.',

  // Evidence.
  'evidence/engines':
    'What failing rows have in common is the same in every engine, and its SQL gives its numbers again.',
  'evidence/changed-tables':
    'A table whose rules about all of it fail is compared with the last run in which they held: rows, segments and columns.',
  'evidence/max-bytes': 'Evidence for which --max-bytes leaves no room is left out with a note.',
  'evidence/many-rules': 'Hundreds of failing rules of one table are explained, in statements that engines can hold.',
  'evidence/refused':
    'A failing rule of which the engine refuses a statement leaves the other rules of its table their evidence.',

  // Root causes.
  'root-cause/baseline':
    'A source that is not what it was when all rules held is named with column and kind; what that may cost is bounded.',

  // Size.
  'scale/memory': 'Ten million rows take no more memory than ten thousand, beside what the engine may hold.',

  // Outcomes.
  'outcome/pass': 'A rule that holds passes.',
  'outcome/warn': 'warn_if makes a warning: the exit code stays 0, and the rows are shown.',
  'outcome/fail': 'A rule that does not hold fails, with rows that show it.',
  'outcome/error': 'A rule that cannot be judged is an error, never a failure.',
  'outcome/not-applicable': 'An empty scope does not apply: it never passes silently.',
  'outcome/deprecated-and-draft': 'Deprecated rules do not run, drafts only with --include-drafts.',

  // Commands.
  'command/init': 'init lays out a project, and the command that it prints works as printed.',
  'command/validate': 'validate checks rules without running them, and with a database their columns.',
  'command/plan': 'plan prints the statements of a run without scanning.',
  'command/run': 'run judges the rules of files and folders.',
  'command/generate': 'generate drafts rules that validate, and that pass on the data that they were drafted from.',
  'generate/input': 'What cannot be drafted from is said before anything is measured or written.',
  'generate/model':
    'With a model, generate drafts from documents too; what it gets wrong is mended once or left out with the reason.',
  'generate/injection': 'Orders in documents and values change nothing, also when the model obeys them.',
  'command/report': 'report prints an earlier run in every format.',
  'command/rules': 'rules lists and explains the rule types and prints their JSON Schema.',
  'command/audit': 'audit lists the runs and shows one.',
  'audit/verify':
    'audit verify finds an altered, a removed and an inserted row, and with a head an end that was cut off.',
  'audit/trajectory':
    'audit trajectory draws a run as a tree of tables, steps and model calls, on narrow terminals too.',
  'audit/search': 'audit search takes what it is given for words, never for a syntax.',
  'audit/export-dataset':
    'audit export-dataset writes the model calls whole or not at all, and replaces a file only by --force.',
  'command/completion': 'completion prints scripts that shells read without complaint.',

  // Warehouses on servers.
  'warehouse/unreachable':
    'A server that cannot be reached or lets nobody in is an error of every rule, without secrets.',
  'warehouse/one-bad-table': 'A table that cannot be read, or is gone, is an error of its own rules only.',
  'warehouse/lost-connection': 'A statement whose connection is lost is asked again where that is safe.',
  'warehouse/large': 'Rows of many megabytes and tables of many columns are judged, and reports stay small.',
  'run/several-warehouses':
    'A run judges each rule in the warehouse that it names; one that fails does not stop the others.',
  'run/max-bytes': '--max-bytes bounds what a run reads, over all warehouses, samples and evidence included.',
  'plan/estimates': 'plan says how much each table and warehouse would read, and what it would cost, where they know.',
  'warehouse/other-dialect': 'Rules in the SQL of another warehouse are errors of their own.',

  // Reconciliation.
  'reconcile/hash': 'Keys hash equal in two engines exactly when they are equal.',
  'reconcile/bytes': 'What is fetched from two warehouses grows with their differences, not with their rows.',
  'reconcile/rows': 'Rows that differ are listed with the values of both sides, within tolerances.',
  'reconcile/both-sides': 'Both sides are asked at once, each on one state, and an error names its side.',
  'reconcile/fallback': 'Where an engine cannot hash its keys, rows are fetched, and the result says so.',

  // Language models.
  'model/run': 'With a model, every failure is told at four steps, and the cost is the sum of the calls in the trail.',
  'model/redaction': 'No value of a sensitive column is sent, stored or printed.',
  'model/fix':
    'A fix of a model changes rows of the table of its rule under a condition, or is refused with the reason.',
  'model/resume': 'A killed run is resumed without making a call again whose answer had arrived.',
  'model/injection': 'Orders in values stand within the fence and change nothing, also when the model obeys them.',
  'model/limits': 'Limits on calls and dollars end the calls of a model, not the run; dollars need a known price.',
  'model/down': 'A model that cannot be reached costs each rule its words, never the run.',
  'model/missing': 'An adapter that is not installed is named with the command that installs it.',

  // Questions about lineage.
  'lineage-ai/explain': 'explain has a model tell how a table is made, and sends it no value.',
  'lineage-ai/debug':
    'debug lets a model look with bounded tools until it answers; each claim says whether what it cites was seen again.',
  'lineage-ai/audit': 'A question is a run of its own kind in the audit trail, with every call and every look.',
  'lineage-ai/limits': 'Rounds and dollars end a question with what was seen until then.',
  'lineage-ai/contained':
    'The tools read tables of the graph and nothing else, on a connection that writes nothing and ends what takes too long.',
  'lineage-ai/missing': 'Without the package nothing of it is there, and its commands name how to install it.',

  // GitHub Actions.
  'action/verdict': 'The action ends as the run did and says how in its outputs; what nobody can mean is refused.',
  'action/told': 'What failed is in the summary of the job, at its rule in the rules file, and in code scanning.',
  'action/compared':
    'A pull request is told what changed since its base branch, in one comment that is kept up to date.',
  'action/no-baseline': 'Where there is nothing to compare with, that is said, and the whole report told.',
  'action/fork': 'A pull request whose token may not write is judged the same, and told where to look.',
  'action/hostile':
    'Names of rules, files and branches, and values of rows, are never obeyed by the runner or a shell.',
  'action/secrets': 'Secrets show neither in the log nor in what is told.',
  'action/install': 'The action installs Aegis and adapters as npm packages.',

  // Examples.
  'example/flights': 'The flights example finds what is known to be wrong with the flights and airports.',
  'example/movies': 'The movies example finds what is known to be wrong with the movies.',
} as const;

export type RequirementId = keyof typeof requirements;
