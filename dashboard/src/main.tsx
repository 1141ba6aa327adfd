import { notifyManager, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { render } from "preact/compat";
import { ProblemError } from "./data/api.ts";
import { router } from "./router.tsx";
import "./styles/index.css";

// Answers that arrive within a frame are drawn together.
notifyManager.setScheduler(requestAnimationFrame);

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // What the server refuses it would refuse again; only what did not get through is tried once more.
      retry: (failures, error) => failures < 1 && !(error instanceof ProblemError && error.problem.status < 500),
      retryDelay: 600,
      refetchOnWindowFocus: false,
    },
  },
});

const root = document.getElementById("root");
if (root) {
  render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
    root,
  );
}
