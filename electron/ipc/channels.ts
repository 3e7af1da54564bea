import { ipcMain } from 'electron';
import type { z } from 'zod';
import type { Channel } from '../../shared/contract/channel.ts';
import { serviceContract, type ServiceApi } from '../../shared/contract/index.ts';
import type { Packed } from '../../shared/contract/packed.ts';
import { shell as shellContract } from '../../shared/contract/shell.ts';
import { isOurFrame } from '../security/sender.ts';
import { answer, relay, type Report } from './answer.ts';

const FOREIGN: Packed = {
  ok: false,
  error: { code: 'refused', message: 'This page may not call Stateside' },
};

export interface Answering {
  /** Does a service's work, wherever it runs; its input is parsed already. */
  readonly call: (service: string, method: string, input: unknown) => Promise<Packed>;
  readonly shell: ServiceApi<'shell'>;
  readonly report: Report;
}

/** Puts the whole contract on channels named `<service>:<method>`. */
export function openChannels({ call, shell, report }: Answering): void {
  const open = (name: string, respond: (input: unknown) => Promise<Packed>): void =>
    ipcMain.handle(name, async (event, input: unknown) => {
      if (isOurFrame(event.senderFrame)) return respond(input);
      report(`${name} was called from a foreign frame`, event.senderFrame?.url);
      return FOREIGN;
    });
  const openHere = <Input extends z.ZodType, Output extends z.ZodType>(
    name: string,
    channel: Channel<Input, Output>,
    act: (input: z.output<Input>) => Promise<unknown>,
  ): void => open(name, (input) => answer(name, channel, input, act, report));

  for (const [service, methods] of Object.entries<Record<string, Channel>>(serviceContract)) {
    for (const [method, channel] of Object.entries(methods)) {
      const name = `${service}:${method}`;
      open(name, (input) => relay(name, channel, input, (parsed) => call(service, method, parsed), report));
    }
  }
  openHere('shell:about', shellContract.about, () => shell.about());
  openHere('shell:chooseBundle', shellContract.chooseBundle, () => shell.chooseBundle());
  openHere('shell:chooseSnapshot', shellContract.chooseSnapshot, () => shell.chooseSnapshot());
  openHere('shell:chooseFiles', shellContract.chooseFiles, (input) => shell.chooseFiles(input));
  openHere('shell:chooseFolder', shellContract.chooseFolder, (input) => shell.chooseFolder(input));
  openHere('shell:chooseTarget', shellContract.chooseTarget, (input) => shell.chooseTarget(input));
  openHere('shell:openWorkspace', shellContract.openWorkspace, (input) => shell.openWorkspace(input));
  openHere('shell:chooseText', shellContract.chooseText, (input) => shell.chooseText(input));
  openHere('shell:saveText', shellContract.saveText, (input) => shell.saveText(input));
  openHere('shell:saveZip', shellContract.saveZip, (input) => shell.saveZip(input));
  openHere('shell:saveTensor', shellContract.saveTensor, (input) => shell.saveTensor(input));
  openHere('shell:saveReasons', shellContract.saveReasons, (input) => shell.saveReasons(input));
  openHere('shell:saveLog', shellContract.saveLog, (input) => shell.saveLog(input));
  openHere('shell:savePdf', shellContract.savePdf, (input) => shell.savePdf(input));
  openHere('shell:printPdf', shellContract.printPdf, (input) => shell.printPdf(input));
  openHere('shell:capture', shellContract.capture, (input) => shell.capture(input));
  openHere('shell:savePng', shellContract.savePng, (input) => shell.savePng(input));
  openHere('shell:copyText', shellContract.copyText, (input) => shell.copyText(input));
}
