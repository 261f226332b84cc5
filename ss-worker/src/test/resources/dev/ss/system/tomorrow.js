// Sets the page's calendar a day ahead. Its clock, Date.now(), stays: ages are told by it.
(() => {
  const Today = Date;
  globalThis.Date = class extends Today {
    constructor(...given) {
      super(...(given.length > 0 ? given : [Today.now() + 86_400_000]));
    }
  };
})();
