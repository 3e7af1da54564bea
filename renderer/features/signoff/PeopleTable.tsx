import { Loaded } from '../../components/Loaded.tsx';
import { Mark } from '../../components/Mark.tsx';
import { listOf } from '../../components/number.ts';
import { Table } from '../../components/Table.tsx';
import { Digest } from '../../components/Digest.tsx';
import { usePeople } from './queries.ts';

export function PeopleTable() {
  const people = usePeople();
  return (
    <Loaded query={people}>
      {(people) => (
        <Table
          label="People of the roster"
          rows={people}
          rowKey={(person) => person.keyId}
          columns={[
            { name: 'Person', render: (person) => <strong>{person.person}</strong> },
            { name: 'Organisation', render: (person) => (person.organisation === 'us' ? 'US' : 'Global') },
            { name: 'Roles', render: (person) => listOf(person.roles) },
            { name: 'Key', render: (person) => <Digest of={person.keyId} /> },
            {
              name: 'Key is here',
              render: (person) => (person.keyHere ? 'yes' : <span className="quiet">no</span>),
            },
            {
              name: 'Towards a US release',
              render: ({ notCountedBecause }) =>
                notCountedBecause === null ? (
                  <Mark tone="pass" shape="tick">
                    Counts
                  </Mark>
                ) : (
                  <span>
                    <Mark tone="plain" shape="dash">
                      Does not count
                    </Mark>
                    <span className="quiet">: {notCountedBecause}</span>
                  </span>
                ),
            },
          ]}
        />
      )}
    </Loaded>
  );
}
