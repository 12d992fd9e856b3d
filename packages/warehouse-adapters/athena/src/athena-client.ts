import { ConfigError } from '@aegis/spec';
import { cancelled, pauseBeforeRetry } from '@aegis/sql/transport';
import type { AthenaClient as AthenaService } from '@aws-sdk/client-athena';
import type { GlueClient } from '@aws-sdk/client-glue';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { credentialsOf, type IdentityProvider } from './athena-credentials.js';
import { isExpired, isTransient, warehouseError } from './athena-errors.js';
import type { ResolvedAthenaOptions } from './athena-options.js';

/** Amazon's own clients. */
export interface Services {
  readonly athena: AthenaService;
  readonly glue: GlueClient;
}

/** One call of the API. Every call may be made twice without harm. */
export type Call<Answer> = (services: Services, options: { readonly abortSignal?: AbortSignal }) => Promise<Answer>;

const attempts = 5;

/** Amazon's own clients, behind the few things that are asked of them: credentials, requests, retries. */
export class AthenaClient {
  readonly #options: ResolvedAthenaOptions;
  /** What no error may show: grows as credentials are found. */
  readonly #secrets = new Set<string>();
  #opening: Promise<Services> | undefined;
  #handler: NodeHttpHandler | undefined;

  constructor(options: ResolvedAthenaOptions) {
    this.#options = options;
  }

  /**
   * Asks once more after a short pause where the service asks to, or the connection broke; and with new credentials where
   * the old ones had expired.
   * @throws WarehouseError
   */
  async call<Answer>(call: Call<Answer>, signal?: AbortSignal): Promise<Answer> {
    let isRenewed = false;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await call(await this.#opened(), signal ? { abortSignal: signal } : {});
      } catch (error) {
        if (signal?.aborted) throw cancelled();
        if (isExpired(error) && !isRenewed) {
          isRenewed = true;
          this.#opening = undefined;
        } else if (attempt < attempts && isTransient(error)) await pauseBeforeRetry(attempt, signal);
        else throw warehouseError(error, this.#secrets);
      }
    }
  }

  close(): void {
    this.#handler?.destroy();
  }

  #opened(): Promise<Services> {
    this.#opening ??= this.#open().catch((cause: unknown) => {
      this.#opening = undefined;
      throw cause;
    });
    return this.#opening;
  }

  /** A process that never connects never loads the clients. */
  async #open(): Promise<Services> {
    const [{ AthenaClient: Athena }, { GlueClient: Glue }] = await Promise.all([
      import('@aws-sdk/client-athena'),
      import('@aws-sdk/client-glue'),
    ]);
    const { athenaEndpoint, glueEndpoint, profile } = this.#options;
    const requestHandler = await this.#connections();
    const region = this.#options.region ?? (await regionOf(new Athena(profile === undefined ? {} : { profile })));
    const credentials = this.#remembering(await credentialsOf(this.#options, { region, requestHandler }));
    const shared = { region, credentials, requestHandler, maxAttempts: 1 };
    return {
      athena: new Athena({ ...shared, ...(athenaEndpoint !== undefined && { endpoint: athenaEndpoint }) }),
      glue: new Glue({ ...shared, ...(glueEndpoint !== undefined && { endpoint: glueEndpoint }) }),
    };
  }

  async #connections(): Promise<NodeHttpHandler> {
    const { NodeHttpHandler } = await import('@smithy/node-http-handler');
    const { connectTimeoutMs, requestTimeoutMs } = this.#options;
    this.#handler ??= new NodeHttpHandler({
      connectionTimeout: connectTimeoutMs,
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
    });
    return this.#handler;
  }

  #remembering(provider: IdentityProvider): IdentityProvider {
    return async () => {
      const identity = await provider();
      for (const secret of [identity.secretAccessKey, identity.sessionToken]) if (secret) this.#secrets.add(secret);
      return identity;
    };
  }
}

/** @throws ConfigError `invalid` where neither the environment nor a profile has one */
const regionOf = async (client: AthenaService): Promise<string> => {
  try {
    return await client.config.region();
  } catch (cause) {
    throw new ConfigError('invalid', 'athena warehouse, option region: there is none', {
      hint: 'Set the option region, or the variable AWS_REGION.',
      cause,
    });
  } finally {
    client.destroy();
  }
};
