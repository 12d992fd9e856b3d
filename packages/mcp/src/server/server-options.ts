import type { Effects, SamplePolicy } from '@aegis/project/program';

/** What a server shows of rows: nothing, or what a report holds, which is masked. */
export type ShownSamples = Exclude<SamplePolicy, 'full'>;

/** What the person who starts a server decides; no tool can widen it. */
export interface ServerOptions {
  /**
   * Folders that rules and data files may lie in, relative to the working directory; the first is where relative paths
   * start from. Default: the folders that a client on stdio declares, else the working directory.
   */
  readonly roots?: readonly string[] | undefined;
  /** Default `none`. */
  readonly samples?: ShownSamples | undefined;
  /** The audit trail's file. Default: as on the command line. */
  readonly history?: string | undefined;
  /** Sources of lineage. Default: those of aegis.yaml. */
  readonly lineage?: readonly string[] | undefined;
  /** Where rules run that name no warehouse: a name in aegis.yaml, or an adapter's type. */
  readonly warehouse?: string | undefined;
  /** A DuckDB database file for calls that name none. */
  readonly db?: string | undefined;
  /** `false`: no language model, whatever is configured. */
  readonly llm?: false | undefined;
}

/** A server's settings with the world that it works in. */
export interface Host {
  readonly options: ServerOptions;
  readonly effects: Effects;
  /** Whether the client started this process, as the same user: then its own folders count when none were named. */
  readonly trustsClientRoots: boolean;
}
