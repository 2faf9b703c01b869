// Reads a QR code out of a camera picture; fetched only where the browser cannot do it itself.
import decodeQR from "qr/decode.js";

window.readQrImage = ({ width, height, data }) => {
  try {
    return decodeQR({ width, height, data });
  } catch {
    return "";
  }
};
