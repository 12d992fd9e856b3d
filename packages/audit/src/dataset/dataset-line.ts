/** One turn of a conversation in the ShareGPT format. */
export interface DatasetTurn {
  readonly from: 'system' | 'human' | 'gpt' | 'tool';
  readonly value: string;
}

/** One model call in the ShareGPT format: a line of JSONL. */
export interface DatasetLine {
  /** The prompt's turns, then the answer as the last `gpt` turn. */
  readonly conversations: readonly DatasetTurn[];
  readonly metadata: {
    readonly run_id: string;
    readonly decision_id: number;
    readonly node: string;
    readonly rule_id: string | null;
    readonly model: string;
    readonly prompt_version: string | null;
    readonly input_tokens: number;
    readonly output_tokens: number;
    readonly cost_usd: number | null;
    readonly latency_ms: number;
    readonly recorded_at: string;
  };
}

export interface DatasetOptions {
  /** A run's id or a unique beginning of it. Default: all runs. */
  readonly run?: string | undefined;
  /** Only calls of this pipeline step. */
  readonly node?: string | undefined;
  /** Smallest number of turns besides `system`, the answer included. Default 0. */
  readonly minTurns?: number | undefined;
  /**
   * Keep only answers worth learning from: not blank, of a completed run, and not asked for again (a later call of the same
   * step about the same rule means that this one was repaired). Default false.
   */
  readonly quality?: boolean | undefined;
}
