import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
} from '@tanstack/react-router';
import { LogPage } from '../features/audit/LogPage.tsx';
import { LogSearch } from '../features/audit/search.ts';
import { GatesPage } from '../features/gates/GatesPage.tsx';
import { ReleasePage } from '../features/releases/ReleasePage.tsx';
import { ReleasesPage } from '../features/releases/ReleasesPage.tsx';
import { ReleaseSearch, ReleasesSearch } from '../features/releases/search.ts';
import { ComparePage } from '../features/replay/compare/ComparePage.tsx';
import { FeedPage } from '../features/replay/feed/FeedPage.tsx';
import { ReplayPage } from '../features/replay/ReplayPage.tsx';
import { ReportPrint } from '../features/replay/ReportPrint.tsx';
import { ReplaysPage } from '../features/replay/ReplaysPage.tsx';
import { CompareSearch, FeedSearch, RequestsSearch, SetUpSearch } from '../features/replay/search.ts';
import { AuditsPage } from '../features/review/audits/AuditsPage.tsx';
import { BulkPage } from '../features/review/bulk/BulkPage.tsx';
import { CampaignSearch } from '../features/review/campaign-search.ts';
import { CampaignDeskPage, QueueDeskPage } from '../features/review/desk/DeskPage.tsx';
import { EscalationsPage } from '../features/review/escalations/EscalationsPage.tsx';
import { EscalationsSearch } from '../features/review/escalations/search.ts';
import { ExchangePage } from '../features/review/exchange/ExchangePage.tsx';
import { HistoryPage } from '../features/review/history/HistoryPage.tsx';
import { BulkSearch, HistorySearch } from '../features/review/history/search.ts';
import { MacrosPage } from '../features/review/macros/MacrosPage.tsx';
import { PoliciesPage } from '../features/review/policies/PoliciesPage.tsx';
import { PoliciesSearch } from '../features/review/policies/search.ts';
import { QualityPage } from '../features/review/quality/QualityPage.tsx';
import { ReportPage } from '../features/review/report/ReportPage.tsx';
import { ReportPrint as ReviewPrint } from '../features/review/report/ReportPrint.tsx';
import { ReviewPage } from '../features/review/ReviewPage.tsx';
import { KeysPage } from '../features/roster/KeysPage.tsx';
import { RosterPage } from '../features/roster/RosterPage.tsx';
import { SettingsPage } from '../features/settings/SettingsPage.tsx';
import { RecordPrint } from '../features/signoff/RecordPrint.tsx';
import { VerifySearch } from '../features/signoff/search.ts';
import { SignoffPage } from '../features/signoff/SignoffPage.tsx';
import { SignoffsPage } from '../features/signoff/SignoffsPage.tsx';
import { VerifyPage } from '../features/signoff/VerifyPage.tsx';
import { ChangesPage } from '../features/weights/changes/ChangesPage.tsx';
import { ChangesPrint } from '../features/weights/changes/ChangesPrint.tsx';
import { PairSearch } from '../features/weights/changes/search.ts';
import { DiffPage } from '../features/weights/diff/DiffPage.tsx';
import { DiffSearch } from '../features/weights/diff/search.ts';
import { EmbeddingsPage } from '../features/weights/embeddings/EmbeddingsPage.tsx';
import { EmbeddingsSearch } from '../features/weights/embeddings/search.ts';
import { GraphPage } from '../features/weights/graph/GraphPage.tsx';
import { GraphSearch } from '../features/weights/graph/search.ts';
import { ImportancePage } from '../features/weights/importance/ImportancePage.tsx';
import { ImportanceSearch } from '../features/weights/importance/search.ts';
import { WeightsSearch } from '../features/weights/search.ts';
import { TensorSearch, TensorsSearch } from '../features/weights/tensors/search.ts';
import { TensorPage } from '../features/weights/tensors/TensorPage.tsx';
import { TensorsPage } from '../features/weights/tensors/TensorsPage.tsx';
import { WeightsPage } from '../features/weights/WeightsPage.tsx';
import { OverviewPage } from '../features/workspace/OverviewPage.tsx';
import { WorkspacesPage } from '../features/workspace/WorkspacesPage.tsx';
import { Broken, Lost } from './Broken.tsx';
import { Frame } from './Frame.tsx';

const root = createRootRoute({ component: Outlet, notFoundComponent: Lost, errorComponent: Broken });
const frame = createRoute({ getParentRoute: () => root, id: 'frame', component: Frame });
const inFrame = () => frame;

const routes = [
  createRoute({ getParentRoute: inFrame, path: '/', component: OverviewPage }),
  createRoute({ getParentRoute: inFrame, path: '/workspaces', component: WorkspacesPage }),
  createRoute({
    getParentRoute: inFrame,
    path: '/releases',
    validateSearch: ReleasesSearch,
    component: ReleasesPage,
  }),
  createRoute({
    getParentRoute: inFrame,
    path: '/releases/$digest',
    validateSearch: ReleaseSearch,
    component: ReleasePage,
  }),
  createRoute({
    getParentRoute: inFrame,
    path: '/weights',
    validateSearch: WeightsSearch,
    component: WeightsPage,
  }),
  createRoute({
    getParentRoute: inFrame,
    path: '/weights/graph',
    validateSearch: GraphSearch,
    component: GraphPage,
  }),
  createRoute({
    getParentRoute: inFrame,
    path: '/weights/tensors',
    validateSearch: TensorsSearch,
    component: TensorsPage,
  }),
  createRoute({
    getParentRoute: inFrame,
    path: '/weights/tensor',
    validateSearch: TensorSearch,
    component: TensorPage,
  }),
  createRoute({
    getParentRoute: inFrame,
    path: '/weights/changes',
    validateSearch: PairSearch,
    component: ChangesPage,
  }),
  createRoute({
    getParentRoute: inFrame,
    path: '/weights/diff',
    validateSearch: DiffSearch,
    component: DiffPage,
  }),
  createRoute({
    getParentRoute: inFrame,
    path: '/weights/embeddings',
    validateSearch: EmbeddingsSearch,
    component: EmbeddingsPage,
  }),
  createRoute({
    getParentRoute: inFrame,
    path: '/weights/importance',
    validateSearch: ImportanceSearch,
    component: ImportancePage,
  }),
  createRoute({
    getParentRoute: inFrame,
    path: '/replay',
    validateSearch: SetUpSearch,
    component: ReplaysPage,
  }),
  createRoute({
    getParentRoute: inFrame,
    path: '/replay/compare',
    validateSearch: CompareSearch,
    component: ComparePage,
  }),
  createRoute({ getParentRoute: inFrame, path: '/replay/gates', component: GatesPage }),
  createRoute({
    getParentRoute: inFrame,
    path: '/replay/$id',
    validateSearch: RequestsSearch,
    component: ReplayPage,
  }),
  createRoute({
    getParentRoute: inFrame,
    path: '/replay/$id/request/$requestId',
    validateSearch: FeedSearch,
    component: FeedPage,
  }),
  createRoute({ getParentRoute: inFrame, path: '/review', component: ReviewPage }),
  createRoute({ getParentRoute: inFrame, path: '/review/campaign/$id/report', component: ReportPage }),
  createRoute({
    getParentRoute: inFrame,
    path: '/review/history',
    validateSearch: HistorySearch,
    component: HistoryPage,
  }),
  createRoute({
    getParentRoute: inFrame,
    path: '/review/bulk',
    validateSearch: BulkSearch,
    component: BulkPage,
  }),
  createRoute({
    getParentRoute: inFrame,
    path: '/review/audits',
    validateSearch: CampaignSearch,
    component: AuditsPage,
  }),
  createRoute({
    getParentRoute: inFrame,
    path: '/review/quality',
    validateSearch: CampaignSearch,
    component: QualityPage,
  }),
  createRoute({ getParentRoute: inFrame, path: '/review/macros', component: MacrosPage }),
  createRoute({
    getParentRoute: inFrame,
    path: '/review/escalations',
    validateSearch: EscalationsSearch,
    component: EscalationsPage,
  }),
  createRoute({
    getParentRoute: inFrame,
    path: '/review/policies',
    validateSearch: PoliciesSearch,
    component: PoliciesPage,
  }),
  createRoute({ getParentRoute: inFrame, path: '/review/exchange', component: ExchangePage }),
  createRoute({ getParentRoute: inFrame, path: '/review/campaign/$id', component: CampaignDeskPage }),
  createRoute({ getParentRoute: inFrame, path: '/review/queue/$id', component: QueueDeskPage }),
  createRoute({ getParentRoute: inFrame, path: '/signoff', component: SignoffsPage }),
  createRoute({
    getParentRoute: inFrame,
    path: '/signoff/verify',
    validateSearch: VerifySearch,
    component: VerifyPage,
  }),
  createRoute({ getParentRoute: inFrame, path: '/signoff/roster', component: RosterPage }),
  createRoute({ getParentRoute: inFrame, path: '/signoff/keys', component: KeysPage }),
  createRoute({ getParentRoute: inFrame, path: '/signoff/$digest', component: SignoffPage }),
  createRoute({ getParentRoute: inFrame, path: '/log', validateSearch: LogSearch, component: LogPage }),
  createRoute({ getParentRoute: inFrame, path: '/settings', component: SettingsPage }),
] as const;

/** The pages that become PDFs: no frame, light. */
const prints = [
  createRoute({ getParentRoute: () => root, path: '/print/record/$digest', component: RecordPrint }),
  createRoute({
    getParentRoute: () => root,
    path: '/print/changes/$before/$after',
    component: ChangesPrint,
  }),
  createRoute({ getParentRoute: () => root, path: '/print/replay/$id', component: ReportPrint }),
  createRoute({ getParentRoute: () => root, path: '/print/review/$id', component: ReviewPrint }),
] as const;

export const router = createRouter({
  routeTree: root.addChildren([frame.addChildren(routes), ...prints]),
  history: createHashHistory(),
  defaultPreload: false,
  defaultErrorComponent: Broken,
  defaultNotFoundComponent: Lost,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
