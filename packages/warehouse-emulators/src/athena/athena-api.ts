import { ApiError } from './api-error.js';
import { Execution, type StartRequest } from './execution.js';
import type { QueryEngine } from './query-engine.js';
import { columnInfo, wireRows } from './values.js';

const mostRows = 1_000;

interface OfExecution {
  readonly QueryExecutionId: string;
}

interface ResultsRequest extends OfExecution {
  readonly NextToken?: string;
  readonly MaxResults?: number;
}

export interface WorkGroupFacts {
  readonly state?: 'ENABLED' | 'DISABLED';
  /** `undefined` for a work group that has none. */
  readonly outputLocation?: string | undefined;
}

/** The operations of Athena that run queries. @see https://docs.aws.amazon.com/athena/latest/APIReference/API_Operations.html */
export class AthenaApi {
  /** Most rows of one page, the one with the names included, whatever the caller asks for. */
  pageRows = mostRows;
  readonly executions = new Map<string, Execution>();
  readonly workGroups = new Map<string, WorkGroupFacts>([['primary', { outputLocation: 's3://emulated/' }]]);
  readonly #engine: QueryEngine;
  readonly #byToken = new Map<string, Execution>();

  constructor(engine: QueryEngine) {
    this.#engine = engine;
  }

  /** The body of the answer. @throws ApiError */
  async answer(operation: string, input: object): Promise<object> {
    switch (operation) {
      case 'StartQueryExecution':
        return { QueryExecutionId: this.#start(input as StartRequest).id };
      case 'GetQueryExecution':
        return { QueryExecution: this.#execution(input as OfExecution).resource() };
      case 'GetQueryResults':
        return this.#results(input as ResultsRequest);
      case 'StopQueryExecution':
        this.#execution(input as OfExecution).stop('Query cancelled by user');
        return {};
      case 'GetWorkGroup':
        return this.#workGroup((input as { readonly WorkGroup: string }).WorkGroup);
      default:
        throw new ApiError('NotCoveredException', `not covered by the emulator: ${operation}`, {}, 501);
    }
  }

  /** The same token is the same query. */
  #start(request: StartRequest): Execution {
    const { ClientRequestToken: token = '', WorkGroup = 'primary', QueryString } = request;
    const known = this.#byToken.get(token);
    if (known) return known;
    if (token.length < 32) throw invalid('ClientRequestToken has to have 32 characters at least');
    this.#checkPlace(WorkGroup, request);
    this.#engine.parse(QueryString);
    const execution = new Execution(request);
    execution.isReused = this.#isReusable(request);
    this.#byToken.set(token, execution);
    this.executions.set(execution.id, execution);
    this.#engine.execute(execution);
    return execution;
  }

  #checkPlace(name: string, { ResultConfiguration }: StartRequest): void {
    const group = this.workGroups.get(name);
    if (!group) throw invalid(`WorkGroup ${name} is not found.`);
    if (group.state === 'DISABLED') throw invalid(`WorkGroup ${name} is disabled.`);
    if (ResultConfiguration?.OutputLocation || group.outputLocation) return;
    throw invalid(
      'No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.',
    );
  }

  /** Whether the answer of an earlier query may be given again. It is computed anew all the same. */
  #isReusable({ QueryString, ResultReuseConfiguration }: StartRequest): boolean {
    const { Enabled = false, MaxAgeInMinutes = 60 } = ResultReuseConfiguration?.ResultReuseByAgeConfiguration ?? {};
    const oldest = Date.now() - MaxAgeInMinutes * 60_000;
    const isSame = ({ request, state, submitted }: Execution) =>
      request.QueryString === QueryString && state === 'SUCCEEDED' && submitted >= oldest;
    return Enabled && [...this.executions.values()].some(isSame);
  }

  #execution({ QueryExecutionId: id }: OfExecution): Execution {
    const execution = this.executions.get(id);
    if (!execution) throw invalid(`QueryExecution ${id} was not found`, 'INVALID_QUERY_EXECUTION_ID');
    return execution;
  }

  #results({ NextToken = '0', MaxResults = mostRows, ...of }: ResultsRequest): object {
    const { state, answer, failure } = this.#execution(of);
    if (!answer)
      throw invalid(`Query has not yet finished or did not succeed. Current state: ${state} ${failure?.reason ?? ''}`);
    if (MaxResults < 1 || MaxResults > mostRows)
      throw invalid(`MaxResults is ${MaxResults}, and has to be 1 to ${mostRows}`);
    const all = wireRows(answer);
    const to = Number(NextToken) + Math.min(MaxResults, this.pageRows);
    return {
      UpdateCount: 0,
      ResultSet: { Rows: all.slice(Number(NextToken), to), ResultSetMetadata: { ColumnInfo: columnInfo(answer) } },
      ...(to < all.length && { NextToken: String(to) }),
    };
  }

  #workGroup(name: string): object {
    const group = this.workGroups.get(name);
    if (!group) throw invalid(`WorkGroup ${name} is not found.`);
    const { state = 'ENABLED', outputLocation } = group;
    const ResultConfiguration = outputLocation === undefined ? {} : { OutputLocation: outputLocation };
    return { WorkGroup: { Name: name, State: state, Configuration: { ResultConfiguration } } };
  }
}

const invalid = (message: string, code = 'INVALID_INPUT'): ApiError =>
  new ApiError('InvalidRequestException', message, { AthenaErrorCode: code });
