import type { ServiceApi } from '../../../shared/contract/index.ts';
import type { ServiceContext } from '../context.ts';
import { changesService } from './changes-service.ts';
import { formulaService } from './formula-service.ts';
import { graphService } from './graph-service.ts';
import { importanceService } from './importance-service.ts';
import { neighboursService } from './neighbours-service.ts';
import { tensorsService } from './tensors-service.ts';

/** Everything a person asks of a release's weights. */
export const weightsService = (context: ServiceContext): ServiceApi<'weights'> => ({
  ...formulaService(context),
  ...changesService(context),
  ...neighboursService(context),
  ...graphService(context),
  ...importanceService(context),
  ...tensorsService(context),
});
