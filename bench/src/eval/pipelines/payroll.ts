import { type EvalPipeline, opSql, query } from '../question.js';

export const payroll: EvalPipeline = {
  name: 'payroll',
  fault: 'unknown salaries become 0, and hours and overtime are exchanged for one office',
  sql: [
    'CREATE TABLE staff (staff_id INTEGER, office VARCHAR, salary INTEGER, hours INTEGER, overtime INTEGER, hired_on DATE)',
    `INSERT INTO staff SELECT i, CASE WHEN i % 4 = 0 THEN 'Bern' ELSE 'Basel' END, CASE WHEN i % 10 = 0 THEN NULL ELSE 5000 END,
       160, 8, DATE '2020-01-01' + CAST(i AS INTEGER) FROM range(1, 41) t(i)`,
    `CREATE TABLE staff_clean AS SELECT staff_id, office, coalesce(salary, 0) AS salary,
       CASE WHEN office = 'Bern' THEN overtime ELSE hours END AS hours,
       CASE WHEN office = 'Bern' THEN hours ELSE overtime END AS overtime FROM staff`,
    'CREATE TABLE office_costs AS SELECT office, avg(salary) AS mean_salary, sum(overtime) AS overtime, count(*) AS staff FROM staff_clean GROUP BY office',
    'CREATE VIEW costs_overview AS SELECT sum(overtime) AS overtime, avg(mean_salary) AS mean_salary FROM office_costs',
  ],
  questions: [
    {
      id: 'payroll/low-mean',
      kind: 'why wrong',
      ask: 'debug',
      target: 'office_costs',
      question: 'mean_salary is below 5000, although everybody earns 5000. Why?',
      truth: {
        mentions: ['staff_clean', 'salary', ['coalesce', 'null', 'unknown', 'missing'], ['0', 'zero']],
        about: ['office_costs', 'staff_clean', 'staff'],
        seen: 'staff_clean',
      },
      script: {
        calls: [opSql('staff_clean'), query('select count(*) as n from staff_clean where salary = 0')],
        answer: 'staff_clean writes 0 for a salary that is NULL (coalesce), and the mean counts it.',
        claims: [
          ['salary is coalesce(salary, 0)', 1],
          ['4 salaries are 0', 2],
        ],
      },
    },
    {
      id: 'payroll/overtime',
      kind: 'why wrong',
      ask: 'debug',
      target: 'office_costs',
      question: 'One office has twenty times the overtime of what its staff wrote down. Why?',
      truth: {
        mentions: ['staff_clean', 'bern', ['exchang', 'swap', 'hours', 'interchang', 'mixed']],
        about: ['office_costs', 'staff_clean', 'staff'],
        seen: 'staff_clean',
      },
      script: {
        calls: [
          opSql('staff_clean'),
          query('select office, max(overtime) as most from staff_clean group by office order by office'),
        ],
        answer: 'For Bern, staff_clean exchanges hours and overtime.',
        claims: [['The CASE expressions of hours and overtime are exchanged for Bern', 1]],
      },
    },
    {
      id: 'payroll/zero-salaries',
      kind: 'how many',
      ask: 'debug',
      target: 'staff_clean',
      question: 'How many people have a salary of 0 that is really unknown?',
      truth: { numbers: [{ value: 4 }], about: ['staff_clean', 'staff'], seen: 'staff' },
      script: {
        calls: [query('select count(*) as n from staff where salary is null')],
        answer: '4 people have no salary in staff.',
        claims: [['4 salaries are NULL', 1]],
      },
    },
    {
      id: 'payroll/feeds',
      kind: 'made from',
      ask: 'explain',
      target: 'costs_overview',
      question: 'Which columns of staff does mean_salary of costs_overview depend on?',
      truth: {
        mentions: ['salary', 'office_costs', 'staff_clean'],
        about: ['costs_overview', 'office_costs', 'staff_clean', 'staff'],
      },
      script: {
        answer:
          'It is the mean of mean_salary of office_costs, which is made from salary in staff_clean, by office; that comes from salary of staff.',
      },
    },
    {
      id: 'payroll/reason',
      kind: 'insufficient',
      ask: 'debug',
      target: 'staff',
      question: 'Why did nobody enter the salaries that are missing?',
      truth: { verdict: 'insufficient_evidence', about: ['staff', 'staff_clean'], seen: 'staff' },
      script: {
        calls: [opSql('staff'), query('select office, count(*) as n from staff where salary is null group by office')],
        answer: 'The tables show that salaries are missing, not for what reason.',
      },
    },
  ],
};
