import { usePlace } from "../../chain/NetworkContext.tsx";
import { assetContract } from "../../contracts/market.ts";
import { amountText, paidText } from "../../format/amounts.ts";
import { useBalance } from "../../wallet/useBalance.ts";

/** Why the connected account cannot stake an amount, if so. */
export function useStakeProblem(stake: bigint | undefined): string | undefined {
  const { reader, network } = usePlace();
  const balance = useBalance(assetContract(reader));
  if (stake === undefined || balance === undefined || balance >= stake) return undefined;
  return `You have ${amountText(balance, network.asset)}, and this takes ${paidText(stake, network.asset)}.`;
}
