import { ipcRenderer, webUtils } from 'electron';
import type { BridgeApi, Events, ServiceName } from '../../shared/contract/index.ts';

type Method<Name extends ServiceName> = keyof BridgeApi[Name] & string;
type ChannelName = { [Name in ServiceName]: `${Name}:${Method<Name>}` }[ServiceName];

const call = (channel: ChannelName) => async (input?: unknown) => {
  const answer = await ipcRenderer.invoke(channel, input);
  return typeof answer.json === 'string' ? { ok: true, value: JSON.parse(answer.json) } : answer;
};

const EVENTS: ReadonlySet<string> = new Set<keyof Events>(['jobs:changed', 'data:changed', 'shell:go']);

/** Every channel by name, so that the window can call these and nothing else. */
export const bridge: BridgeApi = {
  workspace: {
    overview: call('workspace:overview'),
    find: call('workspace:find'),
  },
  snapshots: {
    list: call('snapshots:list'),
    add: call('snapshots:add'),
    still: call('snapshots:still'),
  },
  releases: {
    list: call('releases:list'),
    get: call('releases:get'),
    import: call('releases:import'),
  },
  weights: {
    formula: call('weights:formula'),
    references: call('weights:references'),
    worth: call('weights:worth'),
    effects: call('weights:effects'),
    sample: call('weights:sample'),
    keptFeed: call('weights:keptFeed'),
    whatIf: call('weights:whatIf'),
    drafts: call('weights:drafts'),
    saveDraft: call('weights:saveDraft'),
    removeDraft: call('weights:removeDraft'),
    changes: call('weights:changes'),
    compare: call('weights:compare'),
    changesDocument: call('weights:changesDocument'),
    tensorDifferences: call('weights:tensorDifferences'),
    tensorDifference: call('weights:tensorDifference'),
    tables: call('weights:tables'),
    tableRows: call('weights:tableRows'),
    neighbours: call('weights:neighbours'),
    modelGraph: call('weights:modelGraph'),
    layout: call('weights:layout'),
    cancelLayout: call('weights:cancelLayout'),
    featureReach: call('weights:featureReach'),
    importance: call('weights:importance'),
    measureImportance: call('weights:measureImportance'),
  },
  replay: {
    list: call('replay:list'),
    get: call('replay:get'),
    start: call('replay:start'),
    resume: call('replay:resume'),
    estimate: call('replay:estimate'),
    requests: call('replay:requests'),
    feed: call('replay:feed'),
    attribution: call('replay:attribution'),
    rankers: call('replay:rankers'),
    attributes: call('replay:attributes'),
    movedItems: call('replay:movedItems'),
    remove: call('replay:remove'),
  },
  gates: {
    inForce: call('gates:inForce'),
    change: call('gates:change'),
  },
  review: {
    reviewer: call('review:reviewer'),
    unlock: call('review:unlock'),
    lock: call('review:lock'),
    libraries: call('review:libraries'),
    library: call('review:library'),
    exportLibrary: call('review:exportLibrary'),
    importLibrary: call('review:importLibrary'),
    campaigns: call('review:campaigns'),
    create: call('review:create'),
    report: call('review:report'),
    reviewers: call('review:reviewers'),
    preferences: call('review:preferences'),
    savePreferences: call('review:savePreferences'),
    macros: call('review:macros'),
    saveMacro: call('review:saveMacro'),
    removeMacro: call('review:removeMacro'),
    queues: call('review:queues'),
    saveQueue: call('review:saveQueue'),
    removeQueue: call('review:removeQueue'),
    claim: call('review:claim'),
    renew: call('review:renew'),
    hold: call('review:hold'),
    handOver: call('review:handOver'),
    giveBack: call('review:giveBack'),
    holders: call('review:holders'),
    rule: call('review:rule'),
    undo: call('review:undo'),
    submit: call('review:submit'),
    reverse: call('review:reverse'),
    history: call('review:history'),
    filters: call('review:filters'),
    saveFilter: call('review:saveFilter'),
    removeFilter: call('review:removeFilter'),
    previewBulk: call('review:previewBulk'),
    applyBulk: call('review:applyBulk'),
    undoBatch: call('review:undoBatch'),
    batches: call('review:batches'),
    auditDecision: call('review:auditDecision'),
    leadAudits: call('review:leadAudits'),
    auditSample: call('review:auditSample'),
    quality: call('review:quality'),
    escalations: call('review:escalations'),
    moveEscalation: call('review:moveEscalation'),
    exportCampaign: call('review:exportCampaign'),
    merge: call('review:merge'),
    statementsOfReasons: call('review:statementsOfReasons'),
  },
  roster: {
    get: call('roster:get'),
    import: call('roster:import'),
    draft: call('roster:draft'),
    readDraft: call('roster:readDraft'),
    signDraft: call('roster:signDraft'),
    keys: call('roster:keys'),
    newKey: call('roster:newKey'),
    backUpKey: call('roster:backUpKey'),
    restoreKey: call('roster:restoreKey'),
    changePassphrase: call('roster:changePassphrase'),
  },
  signoff: {
    get: call('signoff:get'),
    freeze: call('signoff:freeze'),
    preview: call('signoff:preview'),
    sign: call('signoff:sign'),
    act: call('signoff:act'),
    handOver: call('signoff:handOver'),
    collect: call('signoff:collect'),
    record: call('signoff:record'),
    package: call('signoff:package'),
    verify: call('signoff:verify'),
    verifyFile: call('signoff:verifyFile'),
    people: call('signoff:people'),
  },
  audit: {
    entries: call('audit:entries'),
    facets: call('audit:facets'),
    checkpoint: call('audit:checkpoint'),
    verify: call('audit:verify'),
    prove: call('audit:prove'),
    texts: call('audit:texts'),
    redact: call('audit:redact'),
    witnesses: call('audit:witnesses'),
    witness: call('audit:witness'),
    exportPeriod: call('audit:exportPeriod'),
  },
  jobs: {
    list: call('jobs:list'),
    cancel: call('jobs:cancel'),
    clear: call('jobs:clear'),
  },
  shell: {
    about: call('shell:about'),
    chooseBundle: call('shell:chooseBundle'),
    chooseSnapshot: call('shell:chooseSnapshot'),
    chooseFiles: call('shell:chooseFiles'),
    chooseText: call('shell:chooseText'),
    saveText: call('shell:saveText'),
    saveZip: call('shell:saveZip'),
    savePdf: call('shell:savePdf'),
    capture: call('shell:capture'),
    savePng: call('shell:savePng'),
    copyText: call('shell:copyText'),
  },
  on(event, listener) {
    if (!EVENTS.has(event)) throw new Error(`there is no event "${event}"`);
    const relay = (_event: unknown, payload: Parameters<typeof listener>[0]) => listener(payload);
    ipcRenderer.on(event, relay);
    return () => {
      ipcRenderer.off(event, relay);
    };
  },
  pathOf(file) {
    return file instanceof File ? webUtils.getPathForFile(file) : '';
  },
};
