import { Button, Checkbox, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { bridge, value } from '../../../app/bridge.ts';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { plural } from '../../../components/number.ts';
import { periodOf } from '../../audit/search.ts';
import css from './Exchange.module.css';

type Form = 'json' | 'csv';

/** Every restriction decided in a period of local days, both included, as statements of reasons in a file. */
export function Reasons() {
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const [partial, setPartial] = useState(false);
  const save = useMutation({
    mutationFn: (form: Form) => {
      const { from: start = '', until: to = '' } = periodOf({ from, until });
      const part = partial ? 'part.' : '';
      const suggestedName = `statements-of-reasons.${from}.${until}.${part}${form}`;
      return value(bridge.shell.saveReasons({ from: start, to, form, suggestedName, partial }));
    },
  });
  const incomplete = from === '' || until === '' || until < from;
  const { data } = save;
  const button = (form: Form) => (
    <Button
      variant="default"
      disabled={incomplete || (save.isPending && save.variables !== form)}
      loading={save.isPending && save.variables === form}
      onClick={() => save.mutate(form)}
    >
      Export as {form.toUpperCase()}…
    </Button>
  );
  return (
    <div className={css['block']}>
      <p className="quiet">
        One statement for each restriction that was decided, reversals included, in the fields of the EU
        Digital Services Act with the US ground beside them. However many there are, the file appears whole or
        not at all.
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
        {button('json')}
        {button('csv')}
      </div>
      <Checkbox
        size="xs"
        checked={partial}
        label="Leave out what is withheld from me"
        description="Decisions on feeds that you may still judge blind are kept from you. Without this the period is refused while there is one; with it the file holds the others, and how many were left out is said here."
        onChange={(event) => setPartial(event.currentTarget.checked)}
      />
      <p role="status">
        {save.isPending && 'Progress and cancel are at the bottom of the window.'}
        {data && (
          <span title={data.path}>
            Saved {data.path.split(/[\\/]/).at(-1)}: {plural(data.statements, 'statement')} in that period
            {data.withheld === 0
              ? '.'
              : `, without ${plural(data.withheld, 'decision')} that you may still judge blind: this file is a part, not the whole.`}
          </span>
        )}
      </p>
      {save.error !== null && <ErrorState error={save.error} />}
    </div>
  );
}
