import account from "./es/account.ts";
import onboarding from "./es/onboarding.ts";
import ui from "./es/ui.ts";

export default { account, onboarding, ui } as const;
