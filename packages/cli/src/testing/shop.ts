import { testProject } from '@aegis/project/testing';

const rules = `- metadata: { id: ids_unique, severity: high, description: d, owner: o, tags: [keys] }
  scope: { table: ../customers.csv, columns: [id] }
  logic: { type: unique }
- metadata: { id: emails_internal, severity: low, description: d, owner: o }
  scope: { table: ../customers.csv, columns: [email] }
  logic: { type: regex_match, pattern: "@acme[.]com$" }
- metadata: { id: amounts_there, severity: medium, description: d, owner: o }
  scope: { table: ../customers.csv, columns: [amount] }
  logic: { type: not_null }
`;

/** A folder with data and three rules, two of which fail on it; gives its path. */
export const shop = async (): Promise<string> => {
  const { cwd } = await testProject({
    'rules/shop.yaml': rules,
    'customers.csv': 'id,email,amount\n1,ann@example.com,10\n2,bob@example.com,20\n2,,30\n',
  });
  return cwd;
};
