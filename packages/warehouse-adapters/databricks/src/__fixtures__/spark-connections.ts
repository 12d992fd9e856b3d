import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { isWhole } from './thrift-message.js';

/** Connections to Spark's Thrift server, each with one call at a time. They stay open: a session ends with its own. */
export class SparkConnections {
  readonly #port: number;
  readonly #host: string;
  readonly #all = new Set<Socket>();
  readonly #idle: Socket[] = [];

  constructor(address: string) {
    const { hostname, port } = new URL(`tcp://${address}`);
    this.#host = hostname;
    this.#port = Number(port);
  }

  /** The answer to one call. */
  async call(message: Buffer): Promise<Buffer> {
    const socket = this.#idle.pop() ?? (await this.#open());
    const answer = await exchange(socket, message);
    this.#idle.push(socket);
    return answer;
  }

  close(): void {
    for (const socket of this.#all) socket.destroy();
  }

  async #open(): Promise<Socket> {
    const socket = connect(this.#port, this.#host);
    socket.setNoDelay(true);
    this.#all.add(socket);
    await once(socket, 'connect');
    return socket;
  }
}

const exchange = (socket: Socket, message: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    let answer = Buffer.alloc(0);
    const done = (finish: () => void): void => {
      socket.off('data', take).off('error', reject).off('close', lost);
      finish();
    };
    const take = (chunk: Buffer): void => {
      answer = Buffer.concat([answer, chunk]);
      if (isWhole(answer)) done(() => resolve(answer));
    };
    const lost = (): void => done(() => reject(new Error('Spark closed the connection')));
    socket.on('data', take).on('error', reject).on('close', lost);
    socket.write(message);
  });
