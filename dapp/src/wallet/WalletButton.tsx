import { Dialog } from "@base-ui/react/dialog";
import type { EIP6963ProviderDetail } from "mipd";
import { useState } from "react";
import { reasonOf } from "../actions/refusal.ts";
import { usePlace } from "../chain/NetworkContext.tsx";
import { shortened } from "../format/numbers.ts";
import { useWallet } from "./WalletContext.tsx";

/** Where a wallet is connected and put away, in the head of every page. */
export function WalletButton() {
  const { account, walletName, disconnect } = useWallet();
  if (account === undefined) return <ConnectDialog />;
  return (
    <div className="wallet">
      <span className="hex" title={`${account}, lent by ${walletName}`}>
        {shortened(account)}
      </span>
      <button type="button" className="quiet" onClick={disconnect}>
        Disconnect
      </button>
    </div>
  );
}

function ConnectDialog() {
  const { wallets, connect } = useWallet();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState<string>();
  const choose = async (wallet: EIP6963ProviderDetail) => {
    setReason(undefined);
    // Out of the way of a wallet that asks on this page.
    setOpen(false);
    await connect(wallet).catch((error: unknown) => {
      setReason(reasonOf(error));
      setOpen(true);
    });
  };
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Trigger>Connect wallet</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog">
          <Dialog.Title>Connect a wallet</Dialog.Title>
          {wallets.length === 0 ? (
            <Dialog.Description>
              This browser has no wallet. Everything can be read without one; to take part, install a wallet that
              supports EIP-6963, such as MetaMask or Rabby, and reload the page.
            </Dialog.Description>
          ) : (
            <>
              <Dialog.Description>These wallets are in your browser:</Dialog.Description>
              <ul className="wallets">
                {wallets.map((wallet) => (
                  <li key={wallet.info.uuid}>
                    <button type="button" className="quiet" onClick={() => void choose(wallet)}>
                      <img src={wallet.info.icon} alt="" width={24} height={24} /> {wallet.info.name}
                    </button>
                  </li>
                ))}
              </ul>
            </>
          )}
          {reason !== undefined && (
            <p className="complaint" role="alert">
              {reason}
            </p>
          )}
          <div className="buttons">
            <Dialog.Close className="quiet">Close</Dialog.Close>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Says that the wallet is connected to another network, and offers to switch it. */
export function WrongNetwork() {
  const { isWrongNetwork, network } = usePlace();
  const { switchTo } = useWallet();
  const [reason, setReason] = useState<string>();
  if (!isWrongNetwork) return null;
  return (
    <div className="banner" role="alert">
      <p>Your wallet is connected to another network. This page shows {network.label}.</p>
      <button
        type="button"
        onClick={() => {
          setReason(undefined);
          switchTo(network).catch((error: unknown) => setReason(reasonOf(error)));
        }}
      >
        Switch to {network.label}
      </button>
      {reason !== undefined && <p className="complaint">{reason}</p>}
    </div>
  );
}
