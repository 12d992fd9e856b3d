import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../free-port.js';
import { javaProgram, sparkJars } from './install-spark.js';

/** A Spark Thrift server that speaks its binary protocol on loopback; HTTP it would serve on every interface. */
export interface SparkServer {
  /** `host:port` */
  readonly address: string;
  stop(): Promise<void>;
}

/** What Spark's own launcher opens to it. */
const openedPackages = [
  ...['java.lang', 'java.lang.invoke', 'java.lang.reflect', 'java.io', 'java.net', 'java.nio', 'java.util'],
  ...['java.util.concurrent', 'java.util.concurrent.atomic', 'jdk.internal.ref', 'sun.nio.ch', 'sun.nio.cs'],
  ...['sun.security.action', 'sun.util.calendar'],
].flatMap((name) => ['--add-opens', `java.base/${name}=ALL-UNNAMED`]);

const javaOptions = ['-Xmx2g', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', ...openedPackages];

/** Small: the tables of tests have few rows, and there are many statements. */
const sparkSettings = {
  'spark.ui.enabled': 'false',
  'spark.sql.shuffle.partitions': '1',
  'spark.default.parallelism': '1',
  'spark.driver.bindAddress': '127.0.0.1',
  'spark.driver.host': '127.0.0.1',
  'spark.sql.session.timeZone': 'America/St_Johns',
  'spark.sql.sources.parallelPartitionDiscovery.parallelism': '1',
  // Joins in memory look at no signal while they loop; these can be cancelled.
  'spark.sql.autoBroadcastJoinThreshold': '-1',
  'spark.sql.cartesianProductExec.buffer.in.memory.threshold': '1',
  'spark.sql.thriftserver.interruptOnCancel': 'true',
  'spark.hadoop.datanucleus.schema.autoCreateAll': 'true',
};

/** Starts it in a temporary folder of its own. */
export const startSpark = async (): Promise<SparkServer> => {
  const [java, jars, folder, port] = await Promise.all([
    javaProgram(),
    sparkJars(),
    mkdtemp(join(tmpdir(), 'aegis-spark-')),
    freePort(),
  ]);
  const child = spawn(java, commandLine(jars, folder, port), { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const log = tail(child);
  await untilListening(child, port, log);
  return {
    address: `127.0.0.1:${port}`,
    stop: async () => {
      if (child.exitCode === null) await Promise.all([once(child, 'exit'), child.kill('SIGKILL')]);
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const commandLine = (jars: string, folder: string, port: number): readonly string[] => {
  const settings = {
    ...sparkSettings,
    'spark.sql.warehouse.dir': join(folder, 'tables'),
    'spark.hadoop.javax.jdo.option.ConnectionURL': 'jdbc:derby:memory:metastore;create=true',
    'spark.local.dir': join(folder, 'local'),
  };
  const hive = {
    'hive.server2.transport.mode': 'binary',
    'hive.server2.authentication': 'NOSASL',
    'hive.server2.thrift.bind.host': '127.0.0.1',
    'hive.server2.thrift.port': String(port),
  };
  return [
    ...[...javaOptions, `-Djava.io.tmpdir=${folder}`, '-cp', join(jars, '*')],
    ...['org.apache.spark.deploy.SparkSubmit', '--master', 'local[2]'],
    ...['--class', 'org.apache.spark.sql.hive.thriftserver.HiveThriftServer2'],
    ...Object.entries(settings).flatMap(([name, value]) => ['--conf', `${name}=${value}`]),
    'spark-internal',
    ...Object.entries(hive).flatMap(([name, value]) => ['--hiveconf', `${name}=${value}`]),
  ];
};

/** The last of what it logged, for people. */
const tail = (child: ChildProcess): (() => string) => {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-4_000);
  });
  return () => text;
};

const longestStartMs = 180_000;

const untilListening = async (child: ChildProcess, port: number, log: () => string): Promise<void> => {
  const deadline = performance.now() + longestStartMs;
  while (!(await listens(port))) {
    if (child.exitCode !== null || performance.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`Spark did not start:\n${log()}`);
    }
    await sleep(100);
  }
};

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
