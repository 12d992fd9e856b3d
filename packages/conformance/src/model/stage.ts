import type { LanguageModel, ModelRequest, ModelResponse } from '@aegis/spec';
import type { ModelKit, ModelScript, ModelServer, SeenRequest } from './model-kit.js';

/** One server of the vendor's protocol and the models that talk to it. */
export class Stage {
  readonly kit: ModelKit;
  readonly server: ModelServer;

  private constructor(kit: ModelKit, server: ModelServer) {
    this.kit = kit;
    this.server = server;
  }

  /** Opens a server for the work and closes it afterwards. */
  static async during(kit: ModelKit, work: (stage: Stage) => Promise<void>): Promise<void> {
    const server = await kit.serve();
    try {
      await work(new Stage(kit, server));
    } finally {
      await server.close();
    }
  }

  model(options?: { readonly timeoutMs?: number }): LanguageModel {
    return this.kit.create(this.server, options);
  }

  play(...scripts: readonly ModelScript[]): void {
    this.server.play(...scripts);
  }

  /** The answer of a fresh model to a question of no interest, or to the given request. */
  ask(request: Partial<ModelRequest> = {}): Promise<ModelResponse> {
    return this.model().generate({ ...question, ...request });
  }

  /** What the server plays next, answered. */
  async answerTo(script: ModelScript, request: Partial<ModelRequest> = {}): Promise<ModelResponse> {
    this.play(script);
    return this.ask(request);
  }

  /** The request that the server read last. */
  get seen(): SeenRequest {
    const request = this.server.requests.at(-1);
    if (!request) throw new Error('the server read no request');
    return request;
  }
}

export const question: ModelRequest = { messages: [{ role: 'user', content: 'How many orders have no customer?' }] };
