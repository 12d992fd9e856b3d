/** One part of a run. A run holds steps and tables, a table its steps, a step its decisions. */
export interface TrajectoryNode {
  readonly kind: 'run' | 'table' | 'step' | 'decision';
  /** The run's id, the table as its rules write it, the step's node, or the rule that a decision was about. */
  readonly name: string;
  /** ISO 8601. Of a table: its first step's; of a decision: when the call was sent. */
  readonly startedAt: string;
  /** `null` while a run is unfinished. Of a table: from its first step's start to its last step's end. */
  readonly durationMs: number | null;
  /** A run's status or a step's outcome; `null` for the others. */
  readonly outcome: string | null;
  /** What a step said about itself. */
  readonly detail: string | null;
  /** Of this node and everything below it. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Of this node and everything below it; `null` as soon as one price is unknown; 0 without a model call. */
  readonly costUsd: number | null;
  /** Set on decisions only. */
  readonly decisionId: number | null;
  readonly model: string | null;
  /** By start. */
  readonly children: readonly TrajectoryNode[];
}
