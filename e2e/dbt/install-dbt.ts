import { installPackages } from '../python/install-packages.js';

/** 1.12 and later load a parser from outside the package index when they are installed. DuckDB's files must be readable here. */
const packages = ['dbt-core==1.11.16', 'dbt-duckdb==1.10.1', 'duckdb==1.5.6'];

/** That of `AEGIS_TEST_DBT_PYTHON`, or one of our own. */
export const installDbt = (python = process.env.AEGIS_TEST_DBT_PYTHON) =>
  installPackages({ title: 'dbt', packages, python });
