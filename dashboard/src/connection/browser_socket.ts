import type { Socket } from './board_connection';

/** The browser's WebSocket as the connection uses it. */
export function openBrowserSocket(url: string): Socket {
  const webSocket = new WebSocket(url);
  const socket: Socket = {
    onopen: null,
    onmessage: null,
    onclose: null,
    send: (text) => webSocket.send(text),
    close: () => webSocket.close(),
  };
  webSocket.onopen = () => socket.onopen?.();
  webSocket.onmessage = ({ data }) => socket.onmessage?.({ data });
  webSocket.onclose = () => socket.onclose?.();
  return socket;
}
