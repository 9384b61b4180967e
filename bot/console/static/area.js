// Draws an area on the city's map: each click is a corner, and the form's GeoJSON field follows.
// Without this script the field takes pasted GeoJSON.
(() => {
  const map = document.getElementById("city-map");
  const field = document.getElementById("area");
  if (!map || !field) return;
  const edge = Object.fromEntries(["west", "east", "south", "north"].map((name) => [name, Number(map.dataset[name])]));
  const { width, height } = map.viewBox.baseVal;
  let corners = [];

  const toDegrees = ([x, y]) => [
    Number((edge.west + (x / width) * (edge.east - edge.west)).toFixed(6)),
    Number((edge.north - (y / height) * (edge.north - edge.south)).toFixed(6)),
  ];
  const toDrawing = ([long, lat]) => [
    ((long - edge.west) / (edge.east - edge.west)) * width,
    ((edge.north - lat) / (edge.north - edge.south)) * height,
  ];

  function show() {
    const path = corners.length > 1 ? `M${corners.map((each) => each.join(" ")).join("L")}Z` : "";
    document.getElementById("drawn").setAttribute("d", path);
    const dots = corners.map(([x, y]) => {
      const dot = document.createElementNS("http://www.w3.org/2000/svg", "circle");
      for (const [name, value] of [["cx", x], ["cy", y], ["r", 9], ["class", "corner"]]) dot.setAttribute(name, value);
      return dot;
    });
    document.getElementById("corners").replaceChildren(...dots);
  }

  function write() {
    const ring = corners.map(toDegrees);
    field.value = ring.length > 2 ? JSON.stringify({ type: "Polygon", coordinates: [[...ring, ring[0]]] }) : "";
    show();
  }

  function read() {
    try {
      const shape = JSON.parse(field.value);
      const ring = (shape.type === "MultiPolygon" ? shape.coordinates[0] : shape.coordinates)[0];
      corners = ring.slice(0, -1).map(toDrawing);
    } catch {
      corners = [];  // not GeoJSON, or not yet: the server says what is wrong with it
    }
    show();
  }

  map.addEventListener("click", (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());
    corners.push([point.x, point.y]);
    write();
  });
  document.getElementById("undo").addEventListener("click", () => { corners.pop(); write(); });
  document.getElementById("clear").addEventListener("click", () => { corners = []; write(); });
  field.addEventListener("input", read);
  for (const id of ["map-hint", "map-buttons"]) document.getElementById(id).hidden = false;
  if (field.value) read();
})();
