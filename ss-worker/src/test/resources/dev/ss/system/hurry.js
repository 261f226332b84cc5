// The page looks again at once instead of in some seconds, as when somebody comes back to its tab.
setInterval(() => document.dispatchEvent(new Event('visibilitychange')), 200);
