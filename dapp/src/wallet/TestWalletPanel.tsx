import { Dialog } from "@base-ui/react/dialog";
import type { EIP1193Provider } from "mipd";
import { announceProvider } from "mipd";
import { useEffect, useState, useSyncExternalStore } from "react";
import type { Network } from "../chain/network.ts";
import { shortened } from "../format/numbers.ts";
import { type Question, TestWallet } from "./testWallet.ts";

const DRAWING =
  "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' height='32' rx='7' fill='#647'/>" +
  "<path d='M8 12h16v10H8z' fill='#fff'/></svg>";
const ICON = `data:image/svg+xml,${encodeURIComponent(DRAWING)}` as const;

/** The same whenever it announces itself. */
const UUID = crypto.randomUUID();

/** The id of a chain on which the protocol is not. */
const ELSEWHERE = 1;

/** The test wallet of a development chain: announces itself as any wallet does, and asks in a dialog. */
export default function TestWalletPanel({ network }: { readonly network: Network }) {
  const [wallet] = useState(() => new TestWallet(network));
  const [question, setQuestion] = useState<Question>();
  const [accounts, setAccounts] = useState<readonly string[]>([]);
  const [chosen, setChosen] = useState(wallet.chosen);

  useEffect(() => wallet.onQuestion(setQuestion), [wallet]);
  useEffect(() => {
    void wallet.accounts().then(setAccounts, () => undefined);
    const info = { icon: ICON, name: "Test wallet", rdns: "local.credence.test", uuid: UUID } as const;
    return announceProvider({ info, provider: wallet as unknown as EIP1193Provider });
  }, [wallet]);

  return (
    <>
      <aside className="test-wallet" aria-label="Test wallet">
        <label>
          Test wallet lends{" "}
          <select
            value={chosen}
            onChange={(event) => {
              const index = Number(event.currentTarget.value);
              setChosen(index);
              void wallet.choose(index);
            }}
          >
            {accounts.map((account, index) => (
              <option key={account} value={index}>
                account {index} ({shortened(account)})
              </option>
            ))}
          </select>
        </label>
        <ChainChoice wallet={wallet} network={network} />
      </aside>
      <Dialog.Root open={question !== undefined} onOpenChange={(isOpen) => !isOpen && question?.answer(false)}>
        <Dialog.Portal>
          <Dialog.Backdrop className="backdrop" />
          <Dialog.Popup className="dialog" data-question={question?.id}>
            <Dialog.Title>{question?.title}</Dialog.Title>
            <Dialog.Description>The test wallet asks, as any wallet would.</Dialog.Description>
            <dl className="facts">
              {question?.details.map(([name, value]) => (
                <div key={name} className="fact">
                  <dt>{name}</dt>
                  <dd className="hex">{value}</dd>
                </div>
              ))}
            </dl>
            <div className="buttons">
              <button type="button" className="quiet" onClick={() => question?.answer(false)}>
                Reject
              </button>
              <button type="button" onClick={() => question?.answer(true)}>
                Confirm
              </button>
            </div>
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
    </>
  );
}

/** Lets people see what a page does when their wallet is elsewhere. */
function ChainChoice({ wallet, network }: { readonly wallet: TestWallet; readonly network: Network }) {
  const chainId = useSyncExternalStore(
    (listener) => {
      wallet.on("chainChanged", listener);
      return () => wallet.removeListener("chainChanged", listener);
    },
    () => wallet.chainId,
  );
  return (
    <label>
      Test wallet is on{" "}
      <select value={chainId} onChange={(event) => wallet.leaveFor(Number(event.currentTarget.value))}>
        <option value={network.chainId}>{network.label}</option>
        <option value={ELSEWHERE}>another network</option>
      </select>
    </label>
  );
}
