// "Nearest first": asks the phone where it is when the button is pressed, never before.
const button = document.querySelector("[data-near]");
const problem = document.querySelector("[data-near-problem]");

function go(position) {
  const address = new URL(window.location.href);
  // Four decimals are some ten metres: enough to sort by, and no more than that.
  address.searchParams.set("lat", position.coords.latitude.toFixed(4));
  address.searchParams.set("long", position.coords.longitude.toFixed(4));
  address.searchParams.delete("done");
  window.location.assign(address);
}

if (button && "geolocation" in navigator) {
  button.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    const failed = () => {
      button.disabled = false;
      problem.textContent = "The phone did not say where it is. Allow it for this page, then try again.";
    };
    navigator.geolocation.getCurrentPosition(go, failed, { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 });
  });
}
