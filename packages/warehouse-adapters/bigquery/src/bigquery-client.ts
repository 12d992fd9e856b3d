import { pauseBeforeRetry } from '@aegis/sql/transport';
import type { BigQuery } from '@google-cloud/bigquery';
import { identify } from './bigquery-credentials.js';
import { isTransient, isUnauthenticated, warehouseError } from './bigquery-errors.js';
import type { ResolvedBigQueryOptions } from './bigquery-options.js';

/** One call of the API. `path` is below the project; every call may be made twice without harm. */
export interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: { readonly [name: string]: string | number | boolean | undefined };
  readonly body?: object;
  /** Where it is not the project that pays. */
  readonly projectId?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

const attempts = 5;

/** Google's own client, behind the few things that are asked of it: credentials, requests, retries. */
export class BigQueryClient {
  readonly #options: ResolvedBigQueryOptions;
  #opening: Promise<{ readonly service: BigQuery; readonly projectId: string }> | undefined;

  constructor(options: ResolvedBigQueryOptions) {
    this.#options = options;
  }

  /** The project that pays. */
  async projectId(): Promise<string> {
    return (await this.#opened()).projectId;
  }

  /**
   * Asks once more after a short pause where the service asks to, or the connection broke; and with a new token where the
   * old one was refused.
   * @throws WarehouseError
   */
  async call<Answer>(call: Call): Promise<Answer> {
    let isRenewed = false;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#send<Answer>(call);
      } catch (error) {
        if (isUnauthenticated(error) && !isRenewed) {
          isRenewed = true;
          this.#opening = undefined;
        } else if (attempt < attempts && isTransient(error)) await pauseBeforeRetry(attempt, call.signal);
        else throw warehouseError(error);
      }
    }
  }

  async #send<Answer>({ method, path, query, body, projectId }: Call): Promise<Answer> {
    const { service } = await this.#opened();
    const request = {
      method,
      uri: path,
      qs: query,
      ...(body !== undefined && { json: body }),
      ...(projectId !== undefined && { projectId }),
    };
    return new Promise<Answer>((resolve, reject) => {
      service.request(request, (error, answer) => (error ? reject(error) : resolve(answer as Answer)));
    });
  }

  async #opened() {
    this.#opening ??= this.#open().catch((cause: unknown) => {
      this.#opening = undefined;
      throw warehouseError(cause);
    });
    return this.#opening;
  }

  async #open() {
    const { location, apiEndpoint } = this.#options;
    const { authClient, projectId } = await identify(this.#options);
    // A process that never connects never loads the client.
    const { BigQuery } = await import('@google-cloud/bigquery');
    const service = new BigQuery({
      projectId,
      authClient,
      autoRetry: false,
      userAgent: 'aegis',
      ...(location !== undefined && { location }),
      ...(apiEndpoint !== undefined && { apiEndpoint }),
    });
    service.timeout = this.#options.requestTimeoutMs;
    return { service, projectId };
  }
}
