import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { bridge, value } from '../../../app/bridge.ts';
import { plural } from '../../../components/number.ts';
import { SaveText } from '../../../components/SaveText.tsx';
import { periodOf } from '../../audit/search.ts';
import css from './Exchange.module.css';

/** Every restriction decided in a period of local days, both included, as statements of reasons. */
export function Reasons() {
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const [made, setMade] = useState<number | null>(null);
  const period = periodOf({ from, until });
  const make = (form: 'json' | 'csv') => async () => {
    const { from = '', until: to = '' } = period;
    const { statements, ...file } = await value(bridge.review.statementsOfReasons({ from, to, form }));
    setMade(statements);
    return file;
  };
  const incomplete = from === '' || until === '' || until < from;
  return (
    <div className={css['block']}>
      <p className="quiet">
        One statement for each restriction that was decided, reversals included, in the fields of the EU
        Digital Services Act with the US ground beside them.
      </p>
      <div className={css['period']}>
        <TextInput
          label="First day"
          type="date"
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          label="Last day"
          type="date"
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        <SaveText label="Export as JSON…" disabled={incomplete} make={make('json')} />
        <SaveText label="Export as CSV…" disabled={incomplete} make={make('csv')} />
      </div>
      <p role="status">{made !== null && `${plural(made, 'statement')} in that period.`}</p>
    </div>
  );
}
