import { CSPProvider } from "@base-ui/react/csp-provider";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { TransactionsProvider } from "./actions/Transactions.tsx";
import { NetworkProvider } from "./chain/NetworkContext.tsx";
import "./styles.css";
import { Boundary } from "./ui/Boundary.tsx";
import { WalletProvider } from "./wallet/WalletContext.tsx";

const queries = new QueryClient({
  defaultOptions: { queries: { retry: 2, refetchOnWindowFocus: false, staleTime: Number.POSITIVE_INFINITY } },
});

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no #root");

/** In another page, people could be made to press what they do not see. */
const isFramed = window.top !== window.self;

createRoot(root).render(
  <StrictMode>
    {isFramed ? (
      <p>
        Credence is not used inside of other pages.{" "}
        <a href={location.href} target="_blank" rel="noreferrer">
          Open it by itself
        </a>
      </p>
    ) : (
      <CSPProvider disableStyleElements>
        <QueryClientProvider client={queries}>
          <WalletProvider>
            <Boundary what="the app">
              <NetworkProvider>
                <TransactionsProvider>
                  <App />
                </TransactionsProvider>
              </NetworkProvider>
            </Boundary>
          </WalletProvider>
        </QueryClientProvider>
      </CSPProvider>
    )}
  </StrictMode>,
);
