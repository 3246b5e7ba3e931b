// Electron tells a MessagePort in a page when its other end is gone (`close`); Chromium alone does not. Here the news
// passes through the port as a message that nobody else can know. Runs inside pages.

/** @returns what makes a port of this world hear, and tell */
export function watchPorts(secret: string): (port: MessagePort) => void {
  const watch = (port: MessagePort): void => {
    port.addEventListener('message', (event) => {
      if (event.data !== secret) return;
      event.stopImmediatePropagation();
      port.dispatchEvent(new Event('close'));
    });
    const close = port.close.bind(port);
    port.close = () => {
      port.postMessage(secret);
      close();
    };
  };
  // First of all listeners: a port comes into the page's own world by a message of the window to itself.
  window.addEventListener('message', (event) => event.ports.forEach(watch), true);
  return watch;
}
