import { fileURLToPath } from 'node:url';
import { installPackages } from '../python/install-packages.js';

/** What Airflow and its tools are pinned to. */
const pins = fileURLToPath(new URL('../../integrations/airflow/requirements-test.txt', import.meta.url));

/** That of `AEGIS_TEST_AIRFLOW_PYTHON`, or one of our own. */
export const installAirflow = (python = process.env.AEGIS_TEST_AIRFLOW_PYTHON) =>
  installPackages({ title: 'Airflow', packages: ['apache-airflow==3.3.2', '--requirement', pins], python });
